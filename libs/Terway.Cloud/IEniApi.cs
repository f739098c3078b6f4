namespace Terway.Cloud;

/// <summary>The cloud's calls about elastic network interfaces and what surrounds them, each named after its action.</summary>
/// <remarks>
/// <para>Safe for concurrent use. Every refusal is a <see cref="CloudApiException"/>; a cancelled call may have happened
/// (an <see cref="OperationCanceledException"/> says nothing about the other side).</para>
/// <para>Attach, Detach and Delete are accepted, not done, when they return: the ENI's status tells.</para>
/// <para>A call is all or nothing: when it fails with anything but <see cref="CloudErrorKind.Ambiguous"/>, nothing was changed.</para>
/// </remarks>
public interface IEniApi
{
    /// <summary>Makes an ENI; it is Available when the call returns.</summary>
    /// <param name="request">What to make.</param>
    /// <param name="cancellationToken">Gives up waiting; the ENI may exist all the same.</param>
    Task<CloudReply<NetworkInterface>> CreateNetworkInterfaceAsync(CreateNetworkInterfaceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Starts to attach an Available ENI: Attaching, then InUse, or Available again when it failed.</summary>
    /// <param name="request">The ENI and its instance.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<CloudReply> AttachNetworkInterfaceAsync(AttachNetworkInterfaceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Starts to detach an ENI: Detaching, then Available. May be sent again for one that hangs in Detaching.</summary>
    /// <param name="request">The ENI and its instance.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<CloudReply> DetachNetworkInterfaceAsync(DetachNetworkInterfaceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Starts to delete an Available ENI: Deleting, then not found.</summary>
    /// <param name="eniId">The ENI.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<CloudReply> DeleteNetworkInterfaceAsync(EniId eniId, CancellationToken cancellationToken = default);

    /// <summary>Lists ENIs; pages are fetched as the caller goes on.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    IAsyncEnumerable<NetworkInterface> DescribeNetworkInterfacesAsync(NetworkInterfaceQuery query, CancellationToken cancellationToken = default);

    /// <summary>Shows one ENI, with what only this call shows.</summary>
    /// <param name="eniId">The ENI.</param>
    /// <param name="attribute">What to show of it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="CloudApiException">Kind NotFound: there is no such ENI.</exception>
    Task<CloudReply<NetworkInterface>> DescribeNetworkInterfaceAttributeAsync(EniId eniId, EniAttribute attribute, CancellationToken cancellationToken = default);

    /// <summary>Adds IPv4 addresses or prefixes to an ENI.</summary>
    /// <param name="request">What to add.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<CloudReply<AssignedAddresses>> AssignPrivateIpAddressesAsync(AssignPrivateIpAddressesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Takes secondary IPv4 addresses or prefixes from an ENI.</summary>
    /// <param name="request">What to take.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<CloudReply> UnassignPrivateIpAddressesAsync(UnassignPrivateIpAddressesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Adds IPv6 addresses or prefixes to an ENI.</summary>
    /// <param name="request">What to add.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<CloudReply<AssignedAddresses>> AssignIpv6AddressesAsync(AssignIpv6AddressesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Takes IPv6 addresses or prefixes from an ENI.</summary>
    /// <param name="request">What to take.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<CloudReply> UnassignIpv6AddressesAsync(UnassignIpv6AddressesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Changes attributes of an ENI.</summary>
    /// <param name="request">What to change.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<CloudReply> ModifyNetworkInterfaceAttributeAsync(ModifyNetworkInterfaceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists vSwitches.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    IAsyncEnumerable<VSwitch> DescribeVSwitchesAsync(VSwitchQuery query, CancellationToken cancellationToken = default);

    /// <summary>Lists the limits of instance types.</summary>
    /// <param name="types">Which ones; any number (sent in groups of 10). Unknown ones are missing in the answer.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    IAsyncEnumerable<InstanceTypeLimits> DescribeInstanceTypesAsync(EquatableArray<InstanceTypeId> types, CancellationToken cancellationToken = default);

    /// <summary>Lists instances.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    IAsyncEnumerable<Instance> DescribeInstancesAsync(InstanceQuery query, CancellationToken cancellationToken = default);

    /// <summary>Lists security groups.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    IAsyncEnumerable<SecurityGroup> DescribeSecurityGroupsAsync(SecurityGroupQuery query, CancellationToken cancellationToken = default);

    /// <summary>Tags resources; a tag with the same key is replaced.</summary>
    /// <param name="request">Which resources and tags.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<CloudReply> TagResourcesAsync(TagResourcesRequest request, CancellationToken cancellationToken = default);
}
