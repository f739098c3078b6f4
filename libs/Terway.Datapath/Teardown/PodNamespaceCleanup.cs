using System.Collections.Immutable;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>Empties a whole pod's namespace, whoever made what is in it: for a namespace whose history is lost.</summary>
/// <remarks>
/// <see cref="PodTeardown"/> takes away one interface and is what DEL wants as a rule. This one also takes the interfaces of other networks.
/// Virtual links of the kinds that pods are given (veth, ipvlan, vlan, macvlan, ifb, dummy) are deleted; a device comes home to the node under a
/// name made of its MAC address, for nothing else tells where it came from; links of other kinds are set down and left.
/// </remarks>
public static class PodNamespaceCleanup
{
    /// <summary>Empties the pod's namespace of the target.</summary>
    /// <param name="target">The pod's namespace, and the node's for devices that come home.</param>
    /// <returns>What was done, in the words of <c>ip link</c>.</returns>
    /// <exception cref="NetlinkException">The kernel refused; what could be done was done.</exception>
    public static ImmutableArray<string> Run(PlanTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var pod = target[PlanScope.Pod];
        using var node = target.OpenNodeNamespace();
        var batch = pod.CreateBatch();
        var done = ImmutableArray.CreateBuilder<string>();
        foreach (var link in pod.Links.List())
        {
            if ((link.Flags & LinkFlags.Loopback) == LinkFlags.None)
                done.Add(Submit(batch, link, node));
        }
        batch.Execute().ThrowIfFailed(static refusal => refusal.IsNotFound);
        return done.ToImmutable();
    }

    private static string Submit(NetlinkBatch batch, LinkMessage link, NetworkNamespace node)
    {
        batch.Links.SetDown(link.Index);
        if (link.Kind is null && link.Mac is { } mac)
        {
            var name = EniLinkFinder.AlternativeNameOf(mac);
            batch.Links.Rename(link.Index, name);
            batch.Links.Move(link.Index, node);
            return $"link set {link.Name} down name {name}, moved to the node";
        }
        if (!IsPodKind(link.Kind))
            return $"link set {link.Name} down";
        batch.Links.Delete(link.Index);
        return $"link del {link.Name}";
    }

    private static bool IsPodKind(LinkKind? kind) => kind?.Name is "veth" or "ipvlan" or "vlan" or "macvlan" or "ifb" or "dummy";
}
