using Terway.Cloud;

namespace Terway.Ipam.Tests.Simulation;

/// <summary>The cloud as one life of the program reaches it. A call of a dead program is never sent, an answer to it never heard.
/// It also watches that the pool never makes two changes to one ENI at a time.</summary>
internal sealed class MortalCloud(IEniApi cloud, NodeLife life, Random random, Func<string, double> strikeShare, Action<string> violation) : BentCloud(cloud)
{
    private readonly HashSet<EniId> _busy = [];

    public override Task<CloudReply<NetworkInterface>> CreateNetworkInterfaceAsync(CreateNetworkInterfaceRequest request, CancellationToken cancellationToken = default) =>
        Live("CreateNetworkInterface", null, () => base.CreateNetworkInterfaceAsync(request, cancellationToken));

    public override Task<CloudReply> AttachNetworkInterfaceAsync(AttachNetworkInterfaceRequest request, CancellationToken cancellationToken = default) =>
        Live("AttachNetworkInterface", request.EniId, () => base.AttachNetworkInterfaceAsync(request, cancellationToken));

    public override Task<CloudReply> DetachNetworkInterfaceAsync(DetachNetworkInterfaceRequest request, CancellationToken cancellationToken = default) =>
        Live("DetachNetworkInterface", request.EniId, () => base.DetachNetworkInterfaceAsync(request, cancellationToken));

    public override Task<CloudReply> DeleteNetworkInterfaceAsync(EniId eniId, CancellationToken cancellationToken = default) =>
        Live("DeleteNetworkInterface", eniId, () => base.DeleteNetworkInterfaceAsync(eniId, cancellationToken));

    public override Task<CloudReply<AssignedAddresses>> AssignPrivateIpAddressesAsync(AssignPrivateIpAddressesRequest request, CancellationToken cancellationToken = default) =>
        Live("AssignPrivateIpAddresses", request.EniId, () => base.AssignPrivateIpAddressesAsync(request, cancellationToken));

    public override Task<CloudReply> UnassignPrivateIpAddressesAsync(UnassignPrivateIpAddressesRequest request, CancellationToken cancellationToken = default) =>
        Live("UnassignPrivateIpAddresses", request.EniId, () => base.UnassignPrivateIpAddressesAsync(request, cancellationToken));

    public override Task<CloudReply<AssignedAddresses>> AssignIpv6AddressesAsync(AssignIpv6AddressesRequest request, CancellationToken cancellationToken = default) =>
        Live("AssignIpv6Addresses", request.EniId, () => base.AssignIpv6AddressesAsync(request, cancellationToken));

    public override Task<CloudReply> UnassignIpv6AddressesAsync(UnassignIpv6AddressesRequest request, CancellationToken cancellationToken = default) =>
        Live("UnassignIpv6Addresses", request.EniId, () => base.UnassignIpv6AddressesAsync(request, cancellationToken));

    public override async IAsyncEnumerable<NetworkInterface> DescribeNetworkInterfacesAsync(
        NetworkInterfaceQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var eni in await Live("DescribeNetworkInterfaces", null, () => Inner.ListNetworkInterfacesAsync(query, cancellationToken)))
            yield return eni;
    }

    private async Task<T> Live<T>(string action, EniId? eni, Func<Task<T>> call)
    {
        if (life.Dead)
            return await Never<T>();
        if (eni is { } id && !_busy.Add(id))
            violation($"two calls at once on {id}");
        if (random.NextDouble() < strikeShare(action))
        {
            life.Strike();
            return await Never<T>();
        }

        try
        {
            var reply = await call();
            if (random.NextDouble() < strikeShare(action))
                life.Strike();
            return life.Dead ? await Never<T>() : reply;
        }
        catch (Exception) when (life.Dead)
        {
            return await Never<T>();
        }
        finally
        {
            if (eni is { } done)
                _busy.Remove(done);
        }
    }

    private static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
}
