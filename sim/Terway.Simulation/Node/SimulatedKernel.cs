using System.Net;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terwayd.Contract;

namespace Terway.Simulation;

/// <summary>
/// The node's kernel: links of ENIs, host ends of pods, routes and rules. It outlives every life of the daemon, and forgets all when the
/// power goes. A rule stays until somebody removes it; a pod's link and its route go with the pod's namespace.
/// </summary>
internal sealed class SimulatedKernel(VirtualTime time, StoryRandom random, Weather weather, FaultCounts faults) : IVpcFabric
{
    /// <summary>Longer than the pool gives a link to appear.</summary>
    private static readonly TimeSpan LatestArrival = TimeSpan.FromSeconds(40);

    private readonly Dictionary<string, EniPlace> _enis = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HostSide> _hostSides = new(StringComparer.Ordinal);
    private readonly Dictionary<IPAddress, string> _rules = [];
    private readonly HashSet<string> _namespaces = new(StringComparer.Ordinal);

    /// <summary>Host ends of pods' links, by the pod whose name they bear.</summary>
    internal IReadOnlyDictionary<string, HostSide> HostSides => _hostSides;

    /// <summary>Rules by the pod's address: the MAC of the ENI whose table they name.</summary>
    internal Dictionary<IPAddress, string> Rules => _rules;

    internal IReadOnlySet<string> Namespaces => _namespaces;

    /// <summary>The ENI whose link is there, and ready for pods when <paramref name="ready"/>.</summary>
    internal EniId? FindEni(string mac, bool ready) =>
        _enis.TryGetValue(mac, out var eni) && eni.IsThere && (eni.IsReady || !ready) ? eni.Id : null;

    /// <summary>Ends when the ENI's link is there.</summary>
    internal Task ArrivalAsync(string mac, CancellationToken cancellationToken)
    {
        var eni = PlaceOf(mac);
        return eni.IsThere ? Task.CompletedTask : eni.Arrival.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Makes the node's side of an ENI, or removes it; false when its link is not there.</summary>
    internal bool SetReady(string mac, bool isReady)
    {
        if (!_enis.TryGetValue(mac, out var eni) || !eni.IsThere)
            return false;
        eni.IsReady = isReady;
        return true;
    }

    internal void AddNamespace(string netNs) => _namespaces.Add(netNs);

    /// <summary>Makes a pod's link, route and rules; a link of an earlier sandbox of the same pod is replaced.</summary>
    internal void Attach(string pod, string netNs, IReadOnlyList<IPAddress> addresses, string eniMac)
    {
        _hostSides[pod] = new HostSide(pod, netNs, addresses, eniMac);
        foreach (var address in addresses)
            _rules[address] = eniMac;
    }

    /// <summary>Removes a pod's host side as the datapath does: what belongs to another sandbox of the pod, or to another pod that has the
    /// address by now, is left alone.</summary>
    internal void Detach(string pod, string? netNs, IReadOnlyList<IPAddress> addresses)
    {
        if (_hostSides.TryGetValue(pod, out var found) && (found.NetNs == netNs || found.Addresses.Any(addresses.Contains)))
            _hostSides.Remove(pod);
        foreach (var address in addresses)
        {
            if (!IsUsed(address))
                _rules.Remove(address);
        }
    }

    /// <summary>The sandbox is gone: its namespace, its link and its route; its rules stay.</summary>
    internal void DropNamespace(string netNs)
    {
        _namespaces.Remove(netNs);
        foreach (var side in _hostSides.Values)
        {
            if (side.NetNs != netNs)
                continue;
            _hostSides.Remove(side.Pod);
            return;
        }
    }

    /// <summary>The power went and came back: ENIs are plugged in again, and nothing else is left.</summary>
    internal void Reboot()
    {
        _hostSides.Clear();
        _rules.Clear();
        _namespaces.Clear();
        foreach (var eni in _enis.Values)
            eni.IsReady = false;
    }

    public ValueTask AttachedAsync(NetworkInterface eni, InstanceId instance, CancellationToken cancellationToken)
    {
        var place = PlaceOf(MacText.Of(eni.MacAddress));
        place.Id = eni.Id;
        if (!random.Chance(weather.Kernel))
        {
            place.Arrive();
            return ValueTask.CompletedTask;
        }

        faults.Add("link late");
        place.IsExpected = true;
        time.CreateTimer(_ => place.ArriveLate(), null, random.Span(LatestArrival), Timeout.InfiniteTimeSpan);
        return ValueTask.CompletedTask;
    }

    public ValueTask DetachedAsync(NetworkInterface eni, InstanceId instance, CancellationToken cancellationToken)
    {
        PlaceOf(MacText.Of(eni.MacAddress)).Leave();
        return ValueTask.CompletedTask;
    }

    public ValueTask AddressesChangedAsync(NetworkInterface eni, InstanceId instance, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private bool IsUsed(IPAddress address)
    {
        foreach (var side in _hostSides.Values)
        {
            if (side.Addresses.Contains(address))
                return true;
        }

        return false;
    }

    private EniPlace PlaceOf(string mac)
    {
        if (!_enis.TryGetValue(mac, out var eni))
            _enis.Add(mac, eni = new EniPlace());
        return eni;
    }

    /// <summary>Where an ENI's link appears.</summary>
    private sealed class EniPlace
    {
        internal EniId Id { get; set; }

        internal bool IsExpected { get; set; }

        internal bool IsThere { get; private set; }

        internal bool IsReady { get; set; }

        internal TaskCompletionSource Arrival { get; private set; } = new();

        internal void Arrive()
        {
            IsThere = true;
            Arrival.TrySetResult();
        }

        /// <summary>The ENI may have been detached before its link appeared.</summary>
        internal void ArriveLate()
        {
            if (IsExpected)
                Arrive();
        }

        internal void Leave()
        {
            IsExpected = IsReady = IsThere = false;
            if (Arrival.Task.IsCompleted)
                Arrival = new TaskCompletionSource();
        }
    }
}
