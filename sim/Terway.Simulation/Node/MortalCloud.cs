using System.Runtime.CompilerServices;
using Terway.Cloud;

namespace Terway.Simulation;

/// <summary>The cloud as one life of the daemon reaches it. It also watches that the pool never makes two changes to one ENI at a time.</summary>
internal sealed class MortalCloud(IEniApi cloud, Reaper reaper, Weather weather, Action<string, string> violation) : IEniApi
{
    private readonly HashSet<EniId> _busy = [];

    public Task<CloudReply<NetworkInterface>> CreateNetworkInterfaceAsync(CreateNetworkInterfaceRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("CreateNetworkInterface", null, () => cloud.CreateNetworkInterfaceAsync(request, cancellationToken));

    public Task<CloudReply> AttachNetworkInterfaceAsync(AttachNetworkInterfaceRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("AttachNetworkInterface", request.EniId, () => cloud.AttachNetworkInterfaceAsync(request, cancellationToken));

    public Task<CloudReply> DetachNetworkInterfaceAsync(DetachNetworkInterfaceRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DetachNetworkInterface", request.EniId, () => cloud.DetachNetworkInterfaceAsync(request, cancellationToken));

    public Task<CloudReply> DeleteNetworkInterfaceAsync(EniId eniId, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteNetworkInterface", eniId, () => cloud.DeleteNetworkInterfaceAsync(eniId, cancellationToken));

    public Task<CloudReply<AssignedAddresses>> AssignPrivateIpAddressesAsync(AssignPrivateIpAddressesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("AssignPrivateIpAddresses", request.EniId, () => cloud.AssignPrivateIpAddressesAsync(request, cancellationToken));

    public Task<CloudReply> UnassignPrivateIpAddressesAsync(UnassignPrivateIpAddressesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("UnassignPrivateIpAddresses", request.EniId, () => cloud.UnassignPrivateIpAddressesAsync(request, cancellationToken));

    public Task<CloudReply<AssignedAddresses>> AssignIpv6AddressesAsync(AssignIpv6AddressesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("AssignIpv6Addresses", request.EniId, () => cloud.AssignIpv6AddressesAsync(request, cancellationToken));

    public Task<CloudReply> UnassignIpv6AddressesAsync(UnassignIpv6AddressesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("UnassignIpv6Addresses", request.EniId, () => cloud.UnassignIpv6AddressesAsync(request, cancellationToken));

    public Task<CloudReply> ModifyNetworkInterfaceAttributeAsync(ModifyNetworkInterfaceRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("ModifyNetworkInterfaceAttribute", request.EniId, () => cloud.ModifyNetworkInterfaceAttributeAsync(request, cancellationToken));

    public Task<CloudReply> TagResourcesAsync(TagResourcesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("TagResources", null, () => cloud.TagResourcesAsync(request, cancellationToken));

    public Task<CloudReply<NetworkInterface>> DescribeNetworkInterfaceAttributeAsync(EniId eniId, EniAttribute attribute, CancellationToken cancellationToken = default) =>
        CallAsync("DescribeNetworkInterfaceAttribute", null, () => cloud.DescribeNetworkInterfaceAttributeAsync(eniId, attribute, cancellationToken));

    public IAsyncEnumerable<NetworkInterface> DescribeNetworkInterfacesAsync(NetworkInterfaceQuery query, CancellationToken cancellationToken = default) =>
        ListAsync("DescribeNetworkInterfaces", cloud.DescribeNetworkInterfacesAsync(query, cancellationToken), cancellationToken);

    public IAsyncEnumerable<VSwitch> DescribeVSwitchesAsync(VSwitchQuery query, CancellationToken cancellationToken = default) =>
        ListAsync("DescribeVSwitches", cloud.DescribeVSwitchesAsync(query, cancellationToken), cancellationToken);

    public IAsyncEnumerable<InstanceTypeLimits> DescribeInstanceTypesAsync(EquatableArray<InstanceTypeId> types, CancellationToken cancellationToken = default) =>
        ListAsync("DescribeInstanceTypes", cloud.DescribeInstanceTypesAsync(types, cancellationToken), cancellationToken);

    public IAsyncEnumerable<Instance> DescribeInstancesAsync(InstanceQuery query, CancellationToken cancellationToken = default) =>
        ListAsync("DescribeInstances", cloud.DescribeInstancesAsync(query, cancellationToken), cancellationToken);

    public IAsyncEnumerable<SecurityGroup> DescribeSecurityGroupsAsync(SecurityGroupQuery query, CancellationToken cancellationToken = default) =>
        ListAsync("DescribeSecurityGroups", cloud.DescribeSecurityGroupsAsync(query, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<T> ListAsync<T>(string action, IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var item in await CallAsync(action, null, () => GatherAsync(source, cancellationToken)).ConfigureAwait(false))
            yield return item;
    }

    private static async Task<List<T>> GatherAsync<T>(IAsyncEnumerable<T> source, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        await foreach (var item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
            all.Add(item);
        return all;
    }

    private async Task<T> CallAsync<T>(string action, EniId? eni, Func<Task<T>> call)
    {
        if (eni is { } id && !_busy.Add(id))
            violation("two calls at once", $"two calls at once on {id}");
        try
        {
            return await reaper.CallAsync(call, weather.KillIn(action)).ConfigureAwait(false);
        }
        finally
        {
            if (eni is { } done)
                _busy.Remove(done);
        }
    }
}
