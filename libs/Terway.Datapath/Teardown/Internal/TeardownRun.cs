using System.Collections.Immutable;
using System.Net;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>One teardown: first it is settled what is ours, while routes can still tell; then the links go, then the rules.</summary>
internal sealed class TeardownRun(PlanTarget target, TeardownSubject subject, LinkDisposal disposal)
{
    private readonly ImmutableArray<string>.Builder _removed = ImmutableArray.CreateBuilder<string>();
    private bool _hasRetiredLinks;

    internal TeardownReport Execute()
    {
        var (host, pod) = FindLinks();
        var addresses = KnownAddresses(host, pod).Where(address => !BelongsToAnotherPod(address, host)).ToList();
        if (pod is not null && disposal == LinkDisposal.Deferred)
            RetirePodEnd(pod);
        RemoveFromNode(host, addresses);
        return new TeardownReport(_removed.ToImmutable(), _hasRetiredLinks);
    }

    private (LinkMessage? Host, LinkMessage? Pod) FindLinks()
    {
        var host = target.Node.Links.Find(subject.HostLink);
        if (target.HasPod)
            return FindPair(host);
        return (host is not null && IsOfThisSandbox(host) ? host : null, null);
    }

    /// <summary>The pod's end tells which host end is ours: a host end of the right name may be that of a newer sandbox.</summary>
    private (LinkMessage? Host, LinkMessage? Pod) FindPair(LinkMessage? named)
    {
        var podLinks = target[PlanScope.Pod].Links;
        var peer = named?.Parent is { } index ? podLinks.Find(index) : null;
        if (VethPairs.IsPair(named, peer))
            return (named, peer);
        var pod = podLinks.Find(subject.PodLink);
        if (!VethPairs.IsVeth(pod) || pod!.Parent is not { } hostIndex)
            return (null, null);
        var host = target.Node.Links.Find(hostIndex);
        var isOurs = VethPairs.IsPair(host, pod) && host!.Name!.StartsWith(HostVethName.Prefix, StringComparison.Ordinal);
        return isOurs ? (host, pod) : (null, null);
    }

    private bool IsOfThisSandbox(LinkMessage host) =>
        VethPairs.IsVeth(host) && (subject.IsNewestSandbox || subject.Addresses.Any(address => target.Node.Routes.FindTo(address)?.OutputInterface == host.Index));

    private IEnumerable<IPAddress> KnownAddresses(LinkMessage? host, LinkMessage? pod)
    {
        if (!subject.Addresses.IsEmpty)
            return subject.Addresses;
        if (host is null)
            return [];
        var routed = UnlessGone(() => target.Node.Routes.List(new RouteFilter { Table = RouteTable.Main, OutputInterface = host.Index }))
            .Where(route => route.Destination is { } prefix && InterfaceAddress.Host(prefix.BaseAddress).PrefixLength == prefix.PrefixLength)
            .Select(route => route.Destination!.Value.BaseAddress);
        return routed.Concat(AddressesOf(pod).Select(address => address.Address.Address)).Distinct();
    }

    private IReadOnlyList<AddressMessage> AddressesOf(LinkMessage? pod) => pod is null
        ? []
        : [.. UnlessGone(() => target[PlanScope.Pod].Addresses.List(pod.Index)).Where(a => a.Scope == RouteScope.Universe)];

    /// <summary>The link may go while it is looked at: another teardown of the same pod, or its namespace, ends.</summary>
    private static IReadOnlyList<T> UnlessGone<T>(Func<IReadOnlyList<T>> list)
    {
        try
        {
            return list();
        }
        catch (NetlinkException refusal) when (refusal.IsNotFound)
        {
            return [];
        }
    }

    /// <summary>An address that was given to another pod of this node meanwhile is routed to that pod's link, and its rules are that pod's.</summary>
    private bool BelongsToAnotherPod(IPAddress address, LinkMessage? host)
    {
        if (target.Node.Routes.FindTo(address)?.OutputInterface is not { } link || link == host?.Index)
            return false;
        return target.Node.Links.Find(link)?.Name is { } name && name.StartsWith(HostVethName.Prefix, StringComparison.Ordinal);
    }

    /// <summary>Going down takes the pod's routes and IPv6 addresses; an IPv4 address survives it and goes by itself.</summary>
    private void RetirePodEnd(LinkMessage pod)
    {
        var batch = target[PlanScope.Pod].CreateBatch();
        foreach (var address in AddressesOf(pod))
            batch.Addresses.Delete(address);
        VethPairs.Retire(batch, pod.Index);
        batch.Execute().ThrowIfFailed(static refusal => refusal.IsNotFound);
    }

    /// <summary>
    /// The link goes down first: it takes the route with it, and a pod without rules must not send through the main table.
    /// Deleting the pair comes last, since it is what waits.
    /// </summary>
    private void RemoveFromNode(LinkMessage? host, IEnumerable<IPAddress> addresses)
    {
        var batch = target.Node.CreateBatch();
        if (host is not null)
            TakeOutOfService(batch, host);
        var selectors = addresses.SelectMany(address => PolicyRoutePlanner.RulesFor(address, RouteTable.Unspecified)).ToList();
        while (RemoveRules(batch, selectors))
        {
            // An address had more leftover rules than one round takes.
        }
        if (host is not null && disposal == LinkDisposal.Immediate)
            target.Node.Links.TryDelete(host.Index);
    }

    private void TakeOutOfService(NetlinkBatch batch, LinkMessage host)
    {
        if (disposal == LinkDisposal.Deferred)
            VethPairs.Retire(batch, host.Index);
        else
            batch.Links.SetDown(host.Index);
        _hasRetiredLinks = disposal == LinkDisposal.Deferred;
        _removed.Add($"link {host.Name}");
    }

    /// <summary>Each deletion names no table, so it takes whichever rule of the address comes first. It is sent twice: the second should find none.</summary>
    /// <returns>Whether there may be more.</returns>
    private bool RemoveRules(NetlinkBatch batch, List<PlannedRule> selectors)
    {
        const int Tries = 2;
        var first = batch.Count;
        foreach (var selector in selectors)
        {
            for (var i = 0; i < Tries; i++)
                batch.Rules.Delete(selector.ToSelector());
        }
        var result = batch.Execute();
        result.ThrowIfFailed(static refusal => refusal.IsNotFound);
        var mayBeMore = false;
        for (var i = 0; i < selectors.Count * Tries; i++)
        {
            if (result.Failures.Any(failure => failure.Index == first + i))
                continue;
            _removed.Add(selectors[i / Tries].SelectorText);
            mayBeMore |= i % Tries == Tries - 1;
        }
        return mayBeMore;
    }
}
