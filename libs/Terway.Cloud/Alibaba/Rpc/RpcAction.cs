namespace Terway.Cloud.Alibaba;

/// <summary>An action and what is known about calling it again.</summary>
/// <param name="Product">The product that serves it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Repeatable">Whether a call without an answer may simply be made again: a read, one with a client token, or one that sets what it sets.</param>
/// <param name="RetriesConflict">Whether a conflict with another running operation is waited out here.</param>
/// <param name="Backoff">The row of the back-off table that says how it is repeated.</param>
internal sealed record RpcAction(
    CloudProduct Product, string Name, bool Repeatable, bool RetriesConflict = false, string Backoff = BackoffTable.EverythingElse)
{
    internal static RpcAction CreateNetworkInterface { get; } = new(CloudProduct.Ecs, "CreateNetworkInterface", true, true, Backoff: BackoffTable.EniCreate);

    // After a lost answer the ENI may be attaching: the same call again would be refused for its state.
    internal static RpcAction AttachNetworkInterface { get; } = new(CloudProduct.Ecs, "AttachNetworkInterface", false, Backoff: BackoffTable.EniAttach);

    internal static RpcAction DetachNetworkInterface { get; } = new(CloudProduct.Ecs, "DetachNetworkInterface", false, Backoff: BackoffTable.EniRelease);

    internal static RpcAction DeleteNetworkInterface { get; } = new(CloudProduct.Ecs, "DeleteNetworkInterface", false, Backoff: BackoffTable.EniRelease);

    internal static RpcAction DescribeNetworkInterfaces { get; } = new(CloudProduct.Ecs, "DescribeNetworkInterfaces", true);

    internal static RpcAction DescribeNetworkInterfaceAttribute { get; } = new(CloudProduct.Ecs, "DescribeNetworkInterfaceAttribute", true);

    internal static RpcAction ModifyNetworkInterfaceAttribute { get; } = new(CloudProduct.Ecs, "ModifyNetworkInterfaceAttribute", true);

    internal static RpcAction AssignPrivateIpAddresses { get; } = new(CloudProduct.Ecs, "AssignPrivateIpAddresses", true, true, Backoff: BackoffTable.EniAddresses);

    // After a lost answer the same call again would say that the addresses are not there, which a caller could not tell from a mistake.
    internal static RpcAction UnassignPrivateIpAddresses { get; } = new(CloudProduct.Ecs, "UnassignPrivateIpAddresses", false, true, Backoff: BackoffTable.EniAddresses);

    internal static RpcAction AssignIpv6Addresses { get; } = new(CloudProduct.Ecs, "AssignIpv6Addresses", true, true, Backoff: BackoffTable.EniAddresses);

    internal static RpcAction UnassignIpv6Addresses { get; } = new(CloudProduct.Ecs, "UnassignIpv6Addresses", false, true, Backoff: BackoffTable.EniAddresses);

    internal static RpcAction DescribeInstanceTypes { get; } = new(CloudProduct.Ecs, "DescribeInstanceTypes", true);

    internal static RpcAction DescribeInstances { get; } = new(CloudProduct.Ecs, "DescribeInstances", true);

    internal static RpcAction DescribeSecurityGroups { get; } = new(CloudProduct.Ecs, "DescribeSecurityGroups", true);

    internal static RpcAction TagResources { get; } = new(CloudProduct.Ecs, "TagResources", true);

    internal static RpcAction DescribeVSwitches { get; } = new(CloudProduct.Vpc, "DescribeVSwitches", true);

    /// <summary>Whether a call that failed so may be made again here.</summary>
    internal bool MayRepeat(CloudApiException failure) => failure.Kind switch
    {
        CloudErrorKind.Throttled or CloudErrorKind.Retryable => true,
        CloudErrorKind.Ambiguous => Repeatable,
        CloudErrorKind.Conflict => RetriesConflict,
        _ => false,
    };
}
