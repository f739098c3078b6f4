using System.Collections.Immutable;
using System.Net;

namespace Terway.Policy.Internal;

/// <summary>
/// The IP sets that active rules name, with their members. A member counts once for each thing that brings it: two pods may share an
/// address for a while, and the end of one must not take it from the other.
/// </summary>
internal sealed class IpSetTable
{
    private readonly Dictionary<string, IpSetState> _sets = new(StringComparer.Ordinal);
    private readonly Dictionary<ResourceKey, Contribution> _contributions = [];
    private readonly HashSet<IpSetState> _dirty = [];
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private readonly LabelIndex<string> _index;

    internal IpSetTable() => _index = new(
        started: (id, item) => Count(_sets[id], _contributions[item], 1),
        stopped: (id, item) => Count(_sets[id], _contributions[item], -1));

    internal bool HasChanges => _dirty.Count > 0 || _gone.Count > 0;

    internal void SetPod(Pod pod) => SetItem(
        pod.Key,
        new(pod.Addresses.Distinct().Select(Addresses.Single).ToEquatableArray(), pod.Ports.Count > 1 ? pod.Ports.Distinct().ToEquatableArray() : pod.Ports),
        EndpointLabels.Of(pod),
        EndpointLabels.Profiles(pod));

    internal void SetNetworkSet(NetworkSet set) => SetItem(
        set.Key,
        new(set.Nets.SelectMany(Halve).Distinct().ToEquatableArray(), default),
        EndpointLabels.Of(set),
        set.Namespace is { } name ? [EndpointLabels.NamespaceProfile(name)] : []);

    internal void RemoveItem(ResourceKey key)
    {
        _index.RemoveItem(key);
        _contributions.Remove(key);
    }

    internal void SetParent(string profile, LabelSet labels) => _index.SetParent(profile, labels);

    internal void Acquire(IpSetSpec spec)
    {
        if (_sets.TryGetValue(spec.Id, out var known))
        {
            known.Users++;
            return;
        }

        var state = new IpSetState(spec);
        _sets[spec.Id] = state;
        _dirty.Add(state);
        _index.SetSelector(spec.Id, spec.Selector);
    }

    internal void Release(string id)
    {
        var state = _sets[id];
        if (--state.Users > 0)
            return;
        _index.RemoveSelector(id);
        _sets.Remove(id);
        _dirty.Remove(state);
        if (state.IsPublished)
            _gone.Add(id);
    }

    /// <summary>What changed since the last time: first what to apply before rules, then what after.</summary>
    internal void Flush(List<PolicyEvent> before, List<PolicyEvent> after)
    {
        var dirty = _dirty.OrderBy(s => s.Spec.Id, StringComparer.Ordinal).ToList();
        foreach (var state in dirty.Where(s => !s.IsPublished))
        {
            // An id that left and came back since the last time is replaced in place.
            _gone.Remove(state.Spec.Id);
            before.Add(new IpSetUpdated(state.Spec.Id, state.Spec.Kind, [.. state.Counts.Keys]));
        }

        foreach (var state in dirty.Where(s => s.IsPublished && s.Pending.Count > 0))
            before.Add(new IpSetChanged(state.Spec.Id, Pending(state, isAdded: true), Pending(state, isAdded: false)));
        foreach (var state in dirty)
        {
            state.IsPublished = true;
            state.Pending.Clear();
        }

        after.AddRange(_gone.Order(StringComparer.Ordinal).Select(id => new IpSetRemoved(id)));
        _dirty.Clear();
        _gone.Clear();
    }

    private void SetItem(ResourceKey key, Contribution contribution, LabelSet labels, string[] parents)
    {
        if (_contributions.TryGetValue(key, out var former) && former != contribution)
        {
            foreach (var id in _index.MatchesOf(key))
            {
                Count(_sets[id], former, -1);
                Count(_sets[id], contribution, 1);
            }
        }

        _contributions[key] = contribution;
        _index.SetItem(key, labels, parents);
    }

    private void Count(IpSetState state, Contribution contribution, int change)
    {
        if (state.Spec.PortName is null)
        {
            foreach (var network in contribution.Networks)
                Count(state, new IpSetMember(network), change);
            return;
        }

        foreach (var port in contribution.Ports)
        {
            if (port.Name != state.Spec.PortName || (state.Spec.Protocol is { } protocol && port.Protocol != protocol))
                continue;
            foreach (var network in contribution.Networks)
                Count(state, new IpSetMember(network, port.Protocol, port.Number), change);
        }
    }

    private void Count(IpSetState state, IpSetMember member, int change)
    {
        if (state.Count(member, change))
            _dirty.Add(state);
    }

    private static ImmutableArray<IpSetMember> Pending(IpSetState state, bool isAdded) =>
        [.. state.Pending.Where(p => p.Value == isAdded).Select(p => p.Key)];

    /// <summary>Kernel sets of blocks cannot hold the block of all addresses; its halves say the same.</summary>
    private static IEnumerable<IPNetwork> Halve(IPNetwork network) =>
        network.PrefixLength == 0 && Addresses.Halves(network) is { } halves ? [halves.Lower, halves.Upper] : [network];

    private sealed record Contribution(EquatableArray<IPNetwork> Networks, EquatableArray<NamedPort> Ports);
}
