using System.Collections.Immutable;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Every action as a call: one method per action.</summary>
internal static class CallCatalog
{
    internal static CallSpec<NetworkInterface> Create(CreateNetworkInterfaceRequest request) =>
        new("CreateNetworkInterface", request, w => EniOperations.Create(w, request))
        {
            Latency = l => l.Create,
            Token = request.ClientToken,
            Fingerprint = (request with { ClientToken = null }).ToString(),
        };

    internal static CallSpec<CallDone> Attach(AttachNetworkInterfaceRequest request) =>
        Act("AttachNetworkInterface", request, w => AttachmentOperations.Attach(w, request));

    internal static CallSpec<CallDone> Detach(DetachNetworkInterfaceRequest request) =>
        Act("DetachNetworkInterface", request, w => AttachmentOperations.Detach(w, request));

    internal static CallSpec<CallDone> Delete(EniId id) =>
        Act("DeleteNetworkInterface", id, w => EniOperations.Delete(w, id));

    internal static CallSpec<ImmutableArray<NetworkInterface>> DescribeEnis(NetworkInterfaceQuery query) =>
        new("DescribeNetworkInterfaces", query, w => DescribeOperations.Enis(w, query)) { IsEniRead = true };

    internal static CallSpec<ImmutableArray<EniRow>> DescribeEniRows(NetworkInterfaceQuery query) =>
        new("DescribeNetworkInterfaces", query, w => DescribeOperations.EniRows(w, query)) { IsEniRead = true };

    internal static CallSpec<EniRow> DescribeAttribute(EniId id, EniAttribute attribute) =>
        new("DescribeNetworkInterfaceAttribute", id, w => DescribeOperations.Attribute(w, id, attribute)) { IsEniRead = true };

    internal static CallSpec<AssignedAddresses> AssignIpv4(AssignPrivateIpAddressesRequest request) =>
        new("AssignPrivateIpAddresses", request, w => Ipv4Operations.Assign(w, request))
        {
            Latency = l => l.Assign,
            Exclusive = request.EniId,
            Token = request.ClientToken,
            Fingerprint = (request with { ClientToken = null }).ToString(),
        };

    internal static CallSpec<CallDone> UnassignIpv4(UnassignPrivateIpAddressesRequest request) =>
        Act("UnassignPrivateIpAddresses", request, w => Ipv4Operations.Unassign(w, request)) with
        {
            Latency = l => l.Assign,
            Exclusive = request.EniId,
        };

    internal static CallSpec<AssignedAddresses> AssignIpv6(AssignIpv6AddressesRequest request) =>
        new("AssignIpv6Addresses", request, w => Ipv6Operations.Assign(w, request))
        {
            Latency = l => l.Assign,
            Exclusive = request.EniId,
            Token = request.ClientToken,
            Fingerprint = (request with { ClientToken = null }).ToString(),
        };

    internal static CallSpec<CallDone> UnassignIpv6(UnassignIpv6AddressesRequest request) =>
        Act("UnassignIpv6Addresses", request, w => Ipv6Operations.Unassign(w, request)) with
        {
            Latency = l => l.Assign,
            Exclusive = request.EniId,
        };

    internal static CallSpec<CallDone> Modify(ModifyNetworkInterfaceRequest request) =>
        Act("ModifyNetworkInterfaceAttribute", request, w => EniOperations.Modify(w, request));

    internal static CallSpec<CallDone> Tag(TagResourcesRequest request) =>
        Act("TagResources", request, w => EniOperations.Tag(w, request));

    internal static CallSpec<ImmutableArray<VSwitch>> DescribeVSwitches(VSwitchQuery query) =>
        new("DescribeVSwitches", query, w => DescribeOperations.VSwitches(w, query));

    internal static CallSpec<ImmutableArray<InstanceTypeLimits>> DescribeTypes(EquatableArray<InstanceTypeId> types) =>
        new("DescribeInstanceTypes", types, w => DescribeOperations.Types(w, types));

    internal static CallSpec<ImmutableArray<SecurityGroup>> DescribeGroups(SecurityGroupQuery query) =>
        new("DescribeSecurityGroups", query, w => DescribeOperations.Groups(w, query));

    internal static CallSpec<ImmutableArray<Instance>> DescribeInstances(InstanceQuery query) =>
        new("DescribeInstances", query, w => DescribeOperations.Instances(w, query));

    internal static CallSpec<ImmutableArray<InstanceRow>> DescribeInstanceRows(InstanceQuery query) =>
        new("DescribeInstances", query, w => DescribeOperations.InstanceRows(w, query));

    internal static CallSpec<AssumedRole> AssumeRole(AssumeRoleRequest request) =>
        new("AssumeRoleWithOIDC", request, w => w.Oidc.AssumeRole(w, request));

    private static CallSpec<CallDone> Act(string action, object request, Action<World> execute) =>
        new(action, request, world =>
        {
            execute(world);
            return CallDone.Value;
        });
}

/// <summary>The value of a call that returns nothing but its acceptance.</summary>
internal sealed class CallDone
{
    private CallDone()
    {
    }

    internal static CallDone Value { get; } = new();
}
