using Terway.Cloud;

namespace Terway.Ipam.Tests.Simulation;

/// <summary>A cloud that passes every call on; what derives from it bends some.</summary>
internal class BentCloud(IEniApi inner) : IEniApi
{
    protected IEniApi Inner { get; } = inner;

    public virtual Task<CloudReply<NetworkInterface>> CreateNetworkInterfaceAsync(CreateNetworkInterfaceRequest request, CancellationToken cancellationToken = default) =>
        Inner.CreateNetworkInterfaceAsync(request, cancellationToken);

    public virtual Task<CloudReply> AttachNetworkInterfaceAsync(AttachNetworkInterfaceRequest request, CancellationToken cancellationToken = default) =>
        Inner.AttachNetworkInterfaceAsync(request, cancellationToken);

    public virtual Task<CloudReply> DetachNetworkInterfaceAsync(DetachNetworkInterfaceRequest request, CancellationToken cancellationToken = default) =>
        Inner.DetachNetworkInterfaceAsync(request, cancellationToken);

    public virtual Task<CloudReply> DeleteNetworkInterfaceAsync(EniId eniId, CancellationToken cancellationToken = default) =>
        Inner.DeleteNetworkInterfaceAsync(eniId, cancellationToken);

    public virtual IAsyncEnumerable<NetworkInterface> DescribeNetworkInterfacesAsync(NetworkInterfaceQuery query, CancellationToken cancellationToken = default) =>
        Inner.DescribeNetworkInterfacesAsync(query, cancellationToken);

    public Task<CloudReply<NetworkInterface>> DescribeNetworkInterfaceAttributeAsync(EniId eniId, EniAttribute attribute, CancellationToken cancellationToken = default) =>
        Inner.DescribeNetworkInterfaceAttributeAsync(eniId, attribute, cancellationToken);

    public virtual Task<CloudReply<AssignedAddresses>> AssignPrivateIpAddressesAsync(AssignPrivateIpAddressesRequest request, CancellationToken cancellationToken = default) =>
        Inner.AssignPrivateIpAddressesAsync(request, cancellationToken);

    public virtual Task<CloudReply> UnassignPrivateIpAddressesAsync(UnassignPrivateIpAddressesRequest request, CancellationToken cancellationToken = default) =>
        Inner.UnassignPrivateIpAddressesAsync(request, cancellationToken);

    public virtual Task<CloudReply<AssignedAddresses>> AssignIpv6AddressesAsync(AssignIpv6AddressesRequest request, CancellationToken cancellationToken = default) =>
        Inner.AssignIpv6AddressesAsync(request, cancellationToken);

    public virtual Task<CloudReply> UnassignIpv6AddressesAsync(UnassignIpv6AddressesRequest request, CancellationToken cancellationToken = default) =>
        Inner.UnassignIpv6AddressesAsync(request, cancellationToken);

    public Task<CloudReply> ModifyNetworkInterfaceAttributeAsync(ModifyNetworkInterfaceRequest request, CancellationToken cancellationToken = default) =>
        Inner.ModifyNetworkInterfaceAttributeAsync(request, cancellationToken);

    public IAsyncEnumerable<VSwitch> DescribeVSwitchesAsync(VSwitchQuery query, CancellationToken cancellationToken = default) =>
        Inner.DescribeVSwitchesAsync(query, cancellationToken);

    public IAsyncEnumerable<InstanceTypeLimits> DescribeInstanceTypesAsync(EquatableArray<InstanceTypeId> types, CancellationToken cancellationToken = default) =>
        Inner.DescribeInstanceTypesAsync(types, cancellationToken);

    public IAsyncEnumerable<Instance> DescribeInstancesAsync(InstanceQuery query, CancellationToken cancellationToken = default) =>
        Inner.DescribeInstancesAsync(query, cancellationToken);

    public IAsyncEnumerable<SecurityGroup> DescribeSecurityGroupsAsync(SecurityGroupQuery query, CancellationToken cancellationToken = default) =>
        Inner.DescribeSecurityGroupsAsync(query, cancellationToken);

    public Task<CloudReply> TagResourcesAsync(TagResourcesRequest request, CancellationToken cancellationToken = default) =>
        Inner.TagResourcesAsync(request, cancellationToken);
}
