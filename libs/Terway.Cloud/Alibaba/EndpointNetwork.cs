namespace Terway.Cloud.Alibaba;

/// <summary>From where the cloud's endpoints are reached.</summary>
public enum EndpointNetwork
{
    /// <summary>From inside a VPC: <c>ecs-vpc.REGION.aliyuncs.com</c>.</summary>
    Vpc,

    /// <summary>From anywhere: <c>ecs.REGION.aliyuncs.com</c>.</summary>
    Public,
}
