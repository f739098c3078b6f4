using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>Finds the link of an ENI by its MAC address, which is all that the cloud knows of it.</summary>
/// <remarks>
/// Other links can have the ENI's MAC address: those stacked on it in the same namespace (ipvlan, vlan, macvlan), which are skipped,
/// as are the pods' host ends and retired links.
/// </remarks>
public static class EniLinkFinder
{
    /// <summary>The ENI's link, or null while it is not there.</summary>
    /// <param name="node">The node's namespace.</param>
    /// <param name="mac">The ENI's MAC address.</param>
    /// <param name="hint">Where it was last seen: asked first, which spares looking at all links.</param>
    public static EniLink? Find(RtNetlink node, MacAddress mac, IfIndex? hint = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (mac == default)
            return null; // loopback's
        if (hint is { } index && node.Links.Find(index) is { } hinted && IsEni(hinted, mac))
            return ToEni(hinted);
        var visitor = new Visitor(mac);
        node.Links.Visit(ref visitor);
        return visitor.Found is { } found ? ToEni(found) : null;
    }

    internal static bool IsEni(LinkMessage link, MacAddress mac) =>
        link.Mac == mac
        && link.Kind is not { IsStacked: true }
        && link.Name is { } name
        && !name.StartsWith(HostVethName.Prefix, StringComparison.Ordinal)
        && !name.StartsWith(OwnedObjects.RetiredLinkPrefix, StringComparison.Ordinal);

    private static EniLink ToEni(LinkMessage link) => new(link.Name!, link.Index, link.Mac!.Value);

    private struct Visitor(MacAddress mac) : ILinkVisitor
    {
        internal LinkMessage? Found { get; private set; }

        public void Begin() => Found = null;

        public void Visit(LinkView link)
        {
            if (Found is null && link.Mac == mac && link.ToMessage() is var message && IsEni(message, mac))
                Found = message;
        }
    }
}
