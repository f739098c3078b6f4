using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>Makes, recognises and retires the veth pair between the node and a pod.</summary>
internal static class VethPairs
{
    /// <summary>Whether two links are each other's wire.</summary>
    /// <remarks>Indexes count in each namespace anew, so the two must point at each other.</remarks>
    internal static bool IsPair(LinkMessage? host, LinkMessage? pod) =>
        IsVeth(host) && IsVeth(pod) && host!.Parent == pod!.Index && pod.Parent == host.Index;

    internal static bool IsVeth(LinkMessage? link) => link?.Kind is VethKind;

    /// <summary>The name of a retired link: unique in its namespace as the index is.</summary>
    internal static string RetiredName(IfIndex index) => $"{OwnedObjects.RetiredLinkPrefix}{index.Value:x}";

    /// <summary>
    /// Takes an end out of service: going down takes the routes with it, and the group hands it to the reaper.
    /// Down before the new name: kernels before 6.2 rename no link that is up.
    /// </summary>
    internal static void Retire(NetlinkBatch batch, IfIndex index)
    {
        batch.Links.Change(new LinkMessage { Index = index, FlagsMask = LinkFlags.Up, Group = OwnedObjects.RetiredLinkGroup });
        batch.Links.Rename(index, RetiredName(index));
    }

    internal static void Dispose(RtNetlink node, IfIndex index, LinkDisposal disposal)
    {
        if (disposal == LinkDisposal.Immediate)
        {
            node.Links.TryDelete(index);
            return;
        }
        var batch = node.CreateBatch();
        Retire(batch, index);
        batch.Execute().ThrowIfFailed(static refusal => refusal.IsNotFound);
    }
}
