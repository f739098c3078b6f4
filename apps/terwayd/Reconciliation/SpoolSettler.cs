using Microsoft.Extensions.Logging;
using Terway.Cni.Daemon;
using Terway.Ipam;
using Terwayd.Contract;

namespace Terwayd.Reconciliation;

/// <summary>
/// Settles the DELs that found no daemon. Each is settled under its pod's gate, and only if its file is still there then: an ADD
/// of the same attachment takes the file away before it asks for an address.
/// </summary>
internal sealed class SpoolSettler(IPendingReleases pending, EniPool pool, PodGate gate, LeaseReturn returns, ILogger<SpoolSettler> logger)
{
    /// <summary>Files that are no release are told once, not every round.</summary>
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>Returns how many were settled.</summary>
    internal int Settle()
    {
        var settled = 0;
        foreach (var release in pending.List(TellUnreadable))
        {
            try
            {
                settled += TrySettle(release) ? 1 : 0;
            }
            catch (Exception e) when (e is IpamException or Terway.Datapath.DatapathException or Terway.Netlink.NetlinkException or IOException)
            {
                logger.SpoolNotSettled(release.Pod.ToString(), release.Attachment.ContainerId, release.Attachment.IfName, e);
            }
        }

        return settled;
    }

    private bool TrySettle(ReleaseRequest release)
    {
        using var pass = gate.TryEnter(release.Pod.ToString());
        if (pass is null || !pending.Contains(release.Network, release.Attachment))
            return false;
        if (pool.Inspect(new AttachmentKey(release.Attachment.ContainerId, release.Attachment.IfName)) is { } lease)
            returns.Return(lease, release.Reason ?? "del");
        pending.Remove(release.Network, release.Attachment);
        logger.SpoolSettled(release.Pod.ToString(), release.Attachment.ContainerId, release.Attachment.IfName);
        return true;
    }

    private void TellUnreadable(string path, Exception cause)
    {
        if (_unreadable.Add(path))
            logger.SpoolUnreadable(path, cause);
    }
}
