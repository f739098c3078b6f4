namespace Terway.Cloud.Alibaba;

/// <summary>A product of the cloud: its name in endpoints and the version of its API.</summary>
internal sealed record CloudProduct(string Name, string Version)
{
    internal static CloudProduct Ecs { get; } = new("ecs", "2014-05-26");

    internal static CloudProduct Vpc { get; } = new("vpc", "2016-04-28");

    internal static CloudProduct Sts { get; } = new("sts", "2015-04-01");

    /// <summary>Where the product is called: the override, or the endpoint of region and network.</summary>
    internal Uri Endpoint(AlibabaCloudOptions options) =>
        EndpointRules.Parse(this == Ecs ? options.EcsEndpoint : options.VpcEndpoint, options.PlainHttp)
        ?? EndpointRules.Of(this, options.RegionId, options.Network, options.PlainHttp);
}
