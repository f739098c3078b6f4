using System.Net;
using System.Net.Sockets;
using Terway.Cloud;

namespace Terway.Simulation;

/// <summary>The invariants that hold at every moment, told by what the world outside the daemon can see. It shares no code with the pool.</summary>
internal sealed class StepChecker(StoryWorld world, SimulatedNode node, PodCrowd pods)
{
    /// <summary>By then a theft is noticed: the interval of the metadata comparison, and a bad time of the API.</summary>
    private static readonly TimeSpan Noticed = TimeSpan.FromMinutes(5);

    /// <summary>The daemon's bound for a lease, and a moment for the answer.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(111);

    private readonly Dictionary<IPAddress, SimulatedPod> _users = [];
    private readonly Dictionary<IPAddress, (string Pod, DateTimeOffset At)> _left = [];
    private readonly Dictionary<string, DateTimeOffset> _stolen = new(StringComparer.Ordinal);
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _checkedCalls = -1;

    /// <summary>The daemon told the pod that it may use the addresses from now on: one of each family that the node has.</summary>
    internal void Given(SimulatedPod pod, IReadOnlyList<IPAddress> addresses, string mac)
    {
        AddressFamily[] wanted = node.Shape.IsDual ? [AddressFamily.InterNetwork, AddressFamily.InterNetworkV6] : [AddressFamily.InterNetwork];
        if (!addresses.Select(address => address.AddressFamily).SequenceEqual(wanted))
            world.Violations.Add("one family alone", $"{pod.Attachment} was given {string.Join('+', addresses)}");
        foreach (var address in addresses)
            Given(pod, address, mac);
    }

    private void Given(SimulatedPod pod, IPAddress address, string mac)
    {
        if (_users.TryGetValue(address, out var user) && user != pod)
            world.Violations.Add("held twice", $"{address} is used by {user.Attachment} and was given to {pod.Attachment}");
        if (_left.TryGetValue(address, out var last) && last.Pod != pod.Attachment.ContainerId && world.Time.Now - last.At < node.Shape.Rest)
            world.Violations.Add("rested too short", $"{address} rested only {(world.Time.Now - last.At).TotalSeconds:0.0} s between {last.Pod} and {pod.Attachment}");
        if (!node.Disk.Content.Leases.Any(lease => lease.Attachment == pod.Lease && (address.Equals(lease.IPv4) || address.Equals(lease.IPv6))))
            world.Violations.Add("told before stored", $"{pod.Attachment} was told {address}, which the store does not have");
        if (node.Kernel.FindEni(mac, ready: true) is null && !IsStolen(address, default, mac))
            world.Violations.Add("not ready", $"{pod.Attachment} was given {address} on the ENI {mac}, which the node has not made ready");
    }

    /// <summary>The pod uses the addresses.</summary>
    internal void Entered(SimulatedPod pod, IReadOnlyList<IPAddress> addresses, EniId eni, string mac)
    {
        foreach (var address in addresses)
            _users[address] = pod;
        pod.Addresses = addresses;
        pod.Eni = eni;
        pod.Mac = mac;
        pod.IsSabotaged = addresses.Any(address => IsStolen(address, eni, mac));
    }

    /// <summary>The pod uses its addresses no longer.</summary>
    internal void Left(SimulatedPod pod)
    {
        foreach (var address in pod.Addresses)
        {
            if (_users.GetValueOrDefault(address) != pod)
                continue;
            _users.Remove(address);
            _left[address] = (pod.Attachment.ContainerId, world.Time.Now);
        }
    }

    /// <summary>Somebody takes an address, or an ENI and all its addresses.</summary>
    internal void Stolen(string what, Predicate<SimulatedPod> from)
    {
        _stolen[what] = world.Time.Now;
        foreach (var pod in pods.All)
            pod.IsSabotaged |= pod.Stage == PodStage.Running && from(pod);
    }

    /// <summary>Checks what must hold now.</summary>
    internal void Check()
    {
        var daemon = node.Serving;
        foreach (var pod in pods.All)
        {
            if (pod.Stage == PodStage.Running)
                CheckRunning(pod, daemon);
            else if (pod is { Stage: PodStage.Unanswered, IsCancelled: true } && daemon?.Pool.Inspect(pod.Lease) is { } held)
                world.Violations.Add("cancelled but held", $"the ADD of {pod.Attachment} was cancelled, but it holds {held.Address}");
            else if (pod.Stage == PodStage.Asking && world.Time.Now - pod.AskedAt > LongestWait)
                world.Violations.Add("waits too long", $"{pod.Attachment} has waited for {(world.Time.Now - pod.AskedAt).TotalSeconds:0} s");
        }

        if (_checkedCalls != world.Vpc.Calls)
        {
            _checkedCalls = world.Vpc.Calls;
            world.Vpc.CheckLimits();
        }

        if (Environment.CurrentManagedThreadId != _thread)
            world.Violations.Add("not single-threaded", "the story left its thread");
    }

    private void CheckRunning(SimulatedPod pod, Daemon? daemon)
    {
        foreach (var address in pod.Addresses)
        {
            if (!pod.IsSabotaged && world.Vpc.Cloud.FindOwner(world.Vpc.Id, address) != pod.Eni)
                world.Violations.Add("not the ENI's", $"{pod.Attachment} uses {address}, which {pod.Eni} does not own");
        }

        if (!pod.IsNameless && daemon is not null && daemon.Pool.Inspect(pod.Lease) is var lease && !SimulatedPod.AddressesOf(lease?.IPv4, lease?.IPv6).SequenceEqual(pod.Addresses))
            world.Violations.Add("the pool disagrees", $"{pod.Attachment} uses {pod.Told}, but the pool says {lease?.Address.ToString() ?? "nothing"}");
        CheckKernel(pod);
    }

    private void CheckKernel(SimulatedPod pod)
    {
        var kernel = node.Kernel;
        var hasLink = kernel.HostSides.TryGetValue(pod.Key, out var side) && side.NetNs == pod.NetNs && side.Addresses.SequenceEqual(pod.Addresses);
        var isWhole = hasLink && side!.HasRoute && pod.Addresses.All(address => kernel.Rules.GetValueOrDefault(address) == pod.Mac);
        if (isWhole)
            pod.IsDrifted = false;
        else if (!hasLink || !pod.IsDrifted)
            world.Violations.Add("cut off", $"{pod.Attachment} runs with {pod.Told}, but the kernel lacks its {(hasLink ? "route or rules" : "link")}");
        if (!pod.IsSabotaged && kernel.FindEni(pod.Mac, ready: true) is null)
            world.Violations.Add("cut off", $"{pod.Attachment} runs with {pod.Told} on {pod.Eni}, whose link is not ready");
    }

    /// <summary>What was stolen a moment ago, the pool cannot know yet: it may still give it out.</summary>
    private bool IsStolen(IPAddress address, EniId eni, string mac) =>
        IsStolen(address.ToString()) || IsStolen(mac) || (eni != default && IsStolen(eni.Value));

    private bool IsStolen(string what) => _stolen.TryGetValue(what, out var at) && world.Time.Now - at < Noticed;
}
