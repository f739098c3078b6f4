using Terway.Cloud.Alibaba;

namespace Terway.Cloud.Tests.Alibaba;

public class EndpointRuleTests
{
    [Theory]
    [InlineData("ecs", "cn-hangzhou", EndpointNetwork.Vpc, "https://ecs-vpc.cn-hangzhou.aliyuncs.com/")]
    [InlineData("ecs", "cn-hangzhou", EndpointNetwork.Public, "https://ecs-cn-hangzhou.aliyuncs.com/")]
    [InlineData("ecs", "ap-southeast-1", EndpointNetwork.Public, "https://ecs.ap-southeast-1.aliyuncs.com/")]
    [InlineData("ecs", "cn-zhangjiakou-na62-a01", EndpointNetwork.Public, "https://ecs.cn-zhangjiakou.aliyuncs.com/")]
    [InlineData("vpc", "cn-hangzhou", EndpointNetwork.Public, "https://vpc.aliyuncs.com/")]
    [InlineData("vpc", "cn-hangzhou", EndpointNetwork.Vpc, "https://vpc-vpc.cn-hangzhou.aliyuncs.com/")]
    [InlineData("vpc", "cn-shanghai-finance-1", EndpointNetwork.Public, "https://vpc.aliyuncs.com/")]
    [InlineData("vpc", "cn-north-2-gov-1", EndpointNetwork.Public, "https://vpc.aliyuncs.com/")]
    [InlineData("vpc", "cn-shanghai-finance-1", EndpointNetwork.Vpc, "https://vpc-vpc.cn-shanghai-finance-1.aliyuncs.com/")]
    [InlineData("sts", "cn-beijing", EndpointNetwork.Vpc, "https://sts-vpc.cn-beijing.aliyuncs.com/")]
    [InlineData("sts", "cn-beijing", EndpointNetwork.Public, "https://sts.cn-beijing.aliyuncs.com/")]
    [InlineData("sts", null, EndpointNetwork.Public, "https://sts.aliyuncs.com/")]
    public void Endpoint_follows_product_region_and_network(string product, string? region, EndpointNetwork network, string expected)
    {
        var found = EndpointRules.Of(new CloudProduct(product, ""), region is null ? null : new RegionId(region), network, plainHttp: false);

        found.AbsoluteUri.Should().Be(expected);
    }
}
