using Terway.Datapath;
using Terway.Netlink;

namespace Terwayd.Node;

/// <summary>Waits for the link of an ENI: the cloud says "attached" before the kernel has plugged the device in.</summary>
internal static class EniArrival
{
    internal static async Task<EniLink> WaitAsync(MacAddress mac, CancellationToken cancellationToken)
    {
        using var node = RtNetlink.Open();
        // Listening begins before looking, so that a link cannot appear in between; the first change is always a resync.
        using var monitor = NetworkMonitor.Open(NetworkChangeKinds.Links);
        await foreach (var change in monitor.ReadAllAsync(cancellationToken))
        {
            if (MayBring(change, mac) && EniLinkFinder.Find(node, mac) is { } link)
                return link;
        }

        throw new InvalidOperationException("A network monitor never ends.");
    }

    private static bool MayBring(NetworkChange change, MacAddress mac) => change switch
    {
        NetworkResync => true,
        NetworkChange<LinkMessage> { Action: NetworkChangeAction.Set, Message: var link } => link.Mac == mac,
        _ => false,
    };
}
