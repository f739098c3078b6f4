using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>Finds the link of an ENI by its MAC address, which is all that the cloud knows of it.</summary>
/// <remarks>
/// Other links can have the ENI's MAC address: those stacked on it in the same namespace (ipvlan, vlan, macvlan), which are skipped,
/// as are the pods' host ends and retired links. <see cref="NodePlanner.PlanEni"/> gives an ENI a second name made of its MAC address;
/// with it, finding the ENI costs the same however many pods the node has.
/// </remarks>
public static class EniLinkFinder
{
    private const string AlternativeNamePrefix = "eni";

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
        // The kernel looks up alternative names as it does names.
        if (node.Links.Find(AlternativeNameOf(mac)) is { } named && IsEni(named, mac))
            return ToEni(named);
        var visitor = new Visitor(mac);
        node.Links.Visit(ref visitor);
        return visitor.Found is { } found ? ToEni(found) : null;
    }

    /// <summary>Waits until the ENI's link is there: a link appears some time after the cloud has attached its ENI.</summary>
    /// <param name="node">The node's namespace.</param>
    /// <param name="monitor">A monitor of the links of the same namespace, which nobody else reads meanwhile.</param>
    /// <param name="mac">The ENI's MAC address.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="DatapathException">It did not appear in time (<see cref="DatapathError.EniNotFound"/>).</exception>
    public static async Task<EniLink> WaitAsync(
        RtNetlink node, NetworkMonitor monitor, MacAddress mac, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(monitor);
        ArgumentNullException.ThrowIfNull(time);
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            // A resync comes first, and after changes were lost: then the table itself is asked.
            await foreach (var change in monitor.ReadAllAsync(either.Token).ConfigureAwait(false))
            {
                var found = change switch
                {
                    NetworkResync => Find(node, mac),
                    NetworkChange<LinkMessage> { Action: NetworkChangeAction.Set, Message: var link } when IsEni(link, mac) => ToEni(link),
                    _ => null,
                };
                if (found is not null)
                    return found;
            }
            throw new InvalidOperationException("The monitor ended.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DatapathException(
                DatapathError.EniNotFound,
                $"The ENI {mac} did not appear as a link within {timeout.TotalSeconds} s. Look whether the cloud has attached it to this instance.");
        }
    }

    /// <summary>12 digits and a prefix are exactly as long as a name may be.</summary>
    internal static string AlternativeNameOf(MacAddress mac) => AlternativeNamePrefix + mac.ToString().Replace(":", "", StringComparison.Ordinal);

    internal static bool IsEni(LinkMessage link, MacAddress mac) =>
        link.Mac == mac
        && link.Kind is not { IsStacked: true }
        && link.Name is { } name
        && !name.StartsWith(HostVethName.Prefix, StringComparison.Ordinal)
        && !name.StartsWith(OwnedObjects.RetiredLinkPrefix, StringComparison.Ordinal);

    private static EniLink ToEni(LinkMessage link) => new(link.Name!, link.Index, link.Mac!.Value)
    {
        IsPrepared = link.IsUp && link.AlternativeNames.Contains(AlternativeNameOf(link.Mac!.Value)),
    };

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
