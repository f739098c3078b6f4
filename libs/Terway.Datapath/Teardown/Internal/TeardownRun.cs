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
        RemoveLinks(host, pod);
        RemoveRules(addresses);
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
        VethPairs.IsVeth(host) && (subject.IsNewestSandbox || subject.Addresses.Any(address => RouteTo(address)?.OutputInterface == host.Index));

    private IEnumerable<IPAddress> KnownAddresses(LinkMessage? host, LinkMessage? pod)
    {
        if (!subject.Addresses.IsEmpty)
            return subject.Addresses;
        if (host is null)
            return [];
        var routed = target.Node.Routes.List(new RouteFilter { Table = RouteTable.Main, OutputInterface = host.Index })
            .Where(route => route.Destination is { } prefix && InterfaceAddress.Host(prefix.BaseAddress).PrefixLength == prefix.PrefixLength)
            .Select(route => route.Destination!.Value.BaseAddress);
        return routed.Concat(AddressesOf(pod).Select(address => address.Address.Address)).Distinct();
    }

    private IReadOnlyList<AddressMessage> AddressesOf(LinkMessage? pod) => pod is null
        ? []
        : [.. target[PlanScope.Pod].Addresses.List(new AddressFilter { Interface = pod.Index }).Where(a => a.Scope == RouteScope.Universe)];

    /// <summary>An address that was given to another pod of this node meanwhile is routed to that pod's link, and its rules are that pod's.</summary>
    private bool BelongsToAnotherPod(IPAddress address, LinkMessage? host)
    {
        if (RouteTo(address)?.OutputInterface is not { } link || link == host?.Index)
            return false;
        return target.Node.Links.Find(link)?.Name is { } name && name.StartsWith(HostVethName.Prefix, StringComparison.Ordinal);
    }

    private RouteMessage? RouteTo(IPAddress address)
    {
        try
        {
            return target.Node.Routes.Lookup(address);
        }
        catch (NetlinkException refusal) when (refusal.IsNotFound || refusal.Errno is Errno.NetworkUnreachable or Errno.HostUnreachable)
        {
            return null;
        }
    }

    private void RemoveLinks(LinkMessage? host, LinkMessage? pod)
    {
        if (host is null)
            return;
        if (pod is not null && disposal == LinkDisposal.Deferred)
            RetirePodEnd(pod);
        VethPairs.Dispose(target.Node, host.Index, disposal);
        _hasRetiredLinks = disposal == LinkDisposal.Deferred;
        _removed.Add($"link {host.Name}");
    }

    /// <summary>Going down takes the pod's routes and IPv6 addresses; an IPv4 address survives it and goes by itself.</summary>
    private void RetirePodEnd(LinkMessage pod)
    {
        var connection = target[PlanScope.Pod];
        var batch = connection.CreateBatch();
        foreach (var address in AddressesOf(pod))
            batch.Addresses.Delete(address);
        batch.Links.Change(new LinkMessage { Index = pod.Index, FlagsMask = LinkFlags.Up, Group = OwnedObjects.RetiredLinkGroup });
        batch.Links.Rename(pod.Index, VethPairs.RetiredName(pod.Index));
        batch.Execute().ThrowIfFailed(static refusal => refusal.IsNotFound);
    }

    /// <summary>Each deletion names no table, so it takes whichever rule of the address comes first; it is repeated until there is none.</summary>
    private void RemoveRules(List<IPAddress> addresses)
    {
        var selectors = addresses.SelectMany(address => PolicyRoutePlanner.RulesFor(address, RouteTable.Unspecified)).ToList();
        while (selectors.Count > 0)
        {
            var batch = target.Node.CreateBatch();
            foreach (var selector in selectors)
                batch.Rules.Delete(selector.ToSelector());
            var result = batch.Execute();
            result.ThrowIfFailed(static refusal => refusal.IsNotFound);
            var gone = result.Failures.Select(failure => failure.Index).ToHashSet();
            selectors = [.. selectors.Where((_, index) => !gone.Contains(index))];
            foreach (var selector in selectors)
                _removed.Add(selector.SelectorText);
        }
    }
}
