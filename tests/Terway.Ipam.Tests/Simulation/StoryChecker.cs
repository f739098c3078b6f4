using System.Net;
using System.Net.Sockets;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Ipam.States;
using Terway.Ipam.Store;

namespace Terway.Ipam.Tests.Simulation;

/// <summary>The invariants, told by what the world outside the pool can see. It shares no code with the pool.</summary>
internal sealed class StoryChecker(CloudEmulator cloud, VpcId vpc, TimeSpan rest, AddressFamilies families)
{
    private readonly Dictionary<IPAddress, (AttachmentKey Holder, DateTimeOffset At)> _released = [];

    public List<string> Violations { get; } = [];

    public void Violate(string what)
    {
        if (!Violations.Contains(what))
            Violations.Add(what);
    }

    /// <summary>The pool says that the pod may use the address from now on.</summary>
    public void Granted(SimulatedPod pod, Lease lease, IEnumerable<SimulatedPod> others, DateTimeOffset now)
    {
        if (lease.Attachment != pod.Attachment)
            Violate($"{pod.Attachment} got the lease of {lease.Attachment}");
        if (lease.Families != pod.Request.Families && lease.Pod == pod.Key)
            Violate($"{pod.Attachment} asked for {pod.Request.Families} and got {lease.Families}");
        foreach (var address in SimulatedPod.AddressesOf(lease))
        {
            if (others.FirstOrDefault(other => other != pod && !other.MayBeReleased && other.Lease is { } held && SimulatedPod.AddressesOf(held).Contains(address)) is { } twin)
                Violate($"{address} is held by {twin.Attachment} and was given to {pod.Attachment}");
            if (_released.TryGetValue(address, out var last) && last.Holder != pod.Attachment && now - last.At < rest)
                Violate($"{address} rested only {(now - last.At).TotalSeconds:0.0} s between {last.Holder} and {pod.Attachment}");
        }
    }

    public void Released(SimulatedPod pod, Lease lease, DateTimeOffset now)
    {
        foreach (var address in SimulatedPod.AddressesOf(lease))
            _released[address] = (pod.Attachment, now);
    }

    /// <summary>What must hold at every moment.</summary>
    public void CheckStep(IReadOnlyCollection<SimulatedPod> pods, EniPool pool)
    {
        foreach (var pod in pods)
        {
            if (pod is not { Stage: PodStage.Running, Lease: { } lease })
                continue;
            if (!pod.Sabotaged && SimulatedPod.AddressesOf(lease).FirstOrDefault(address => cloud.FindOwner(vpc, address) != lease.Eni.Id) is { } stray)
                Violate($"{pod.Attachment} uses {stray}, which {lease.Eni.Id} does not own");
            if (pool.Inspect(pod.Attachment)?.Address.Equals(lease.Address) == false)
                Violate($"{pod.Attachment} uses {lease.Address}, but the pool says {pool.Inspect(pod.Attachment)!.Address}");
        }
    }

    /// <summary>The ENIs of the node are never more than the pool may have.</summary>
    public void CheckLimits(IEnumerable<NetworkInterface> own, int maxEnis, int addressesPerEni)
    {
        var count = 0;
        foreach (var eni in own)
        {
            count += eni.Attachment is null ? 0 : 1;
            if (eni.Attachment is not null && eni.SecondaryIpAddresses.Count + 1 > addressesPerEni)
                Violate($"{eni.Id} has {eni.SecondaryIpAddresses.Count + 1} addresses, more than {addressesPerEni}");
            if (eni.Attachment is not null && eni.Ipv6Addresses.Count > addressesPerEni)
                Violate($"{eni.Id} has {eni.Ipv6Addresses.Count} IPv6 addresses, more than {addressesPerEni}");
        }

        if (count > maxEnis)
            Violate($"{count} ENIs are attached, more than {maxEnis}");
    }

    /// <summary>What must hold after quiet time: nothing is forgotten, in the cloud, the pool or the store.</summary>
    public void CheckQuiet(IReadOnlyCollection<SimulatedPod> pods, PoolSnapshot pool, StoredPool stored, IReadOnlyList<NetworkInterface> own, int maxIdle, int minIdle)
    {
        var running = pods.Where(pod => pod.Lease is not null).Select(pod => Told(pod.Lease!)).ToList();
        Same("leases of the pool and pods", pool.Leases.Select(Told), running);
        Same("leases of the store and pods", stored.Leases.Select(Told), running);
        var living = pool.Enis.Where(eni => eni.State != EniState.Lost).ToList();
        var lost = pool.Enis.Where(eni => eni.State == EniState.Lost).Select(eni => eni.Id).ToHashSet();
        own = [.. own.Where(eni => !lost.Contains(eni.Id))];
        Same("ENIs of the pool and the cloud", living.Select(eni => $"{eni.Id}"), own.Select(eni => $"{eni.Id}"));
        Same("ENIs of the pool and the store", pool.Enis.Select(eni => $"{eni.Id}"), stored.Enis.Select(eni => $"{eni.Eni?.Id}"));
        var mine = living.SelectMany(eni => eni.Addresses).ToList();
        var gone = pool.Enis.SelectMany(eni => eni.Addresses).Where(address => address.State == AddressState.Lost).Select(address => address.Address).ToHashSet();
        Same("addresses of the pool and the cloud", mine.Where(address => address.State != AddressState.Lost).Select(address => $"{address.Address}"),
            own.SelectMany(eni => eni.SecondaryIpAddresses.Append(eni.PrimaryIpAddress).Concat(eni.Ipv6Addresses)).Where(address => !gone.Contains(address)).Select(address => $"{address}"));
        foreach (var eni in pool.Enis.Where(eni => eni.State is not (EniState.InUse or EniState.Lost)))
            Violate($"{eni.Id} is {eni.State} after quiet time");
        foreach (var address in mine.Where(address => address.State is not (AddressState.Idle or AddressState.Leased or AddressState.Lost)))
            Violate($"{address.Address} is {address.State} after quiet time");
        if (pool.Waiting.Length > 0)
            Violate($"{pool.Waiting.Length} requests still wait after quiet time");
        var idle = living.Sum(eni => IdleOf(eni, families));
        foreach (var eni in living.Where(eni => families == AddressFamilies.DualStack))
            CheckBalance(eni);
        var stuck = living.Count(eni => eni.Addresses.Any(address => address is { IsPrimary: true, State: AddressState.Idle }));
        if (idle > maxIdle + stuck)
            Violate($"{idle} addresses are idle after quiet time, more than {maxIdle}: {string.Join(", ", mine.Where(address => address.State == AddressState.Idle).Select(address => address.Address))}");
        if (idle < minIdle)
            Violate($"{idle} addresses are idle after quiet time, fewer than {minIdle}");
    }

    /// <summary>Leases that an ENI has ready: addresses, or pairs of both families.</summary>
    public static int IdleOf(EniView eni, AddressFamilies families) =>
        families == AddressFamilies.DualStack ? Math.Min(CountIdle(eni, isIPv6: false), CountIdle(eni, isIPv6: true)) : CountIdle(eni, isIPv6: false);

    private static int CountIdle(EniView eni, bool isIPv6) =>
        eni.Addresses.Count(address => address.State == AddressState.Idle && address.Address.AddressFamily == AddressFamily.InterNetworkV6 == isIPv6);

    /// <summary>No address waits for ever for one of the other family: only a primary one may be left alone.</summary>
    private void CheckBalance(EniView eni)
    {
        var (v4, v6) = (CountIdle(eni, isIPv6: false), CountIdle(eni, isIPv6: true));
        var alone = eni.Addresses.Any(address => address is { IsPrimary: true, State: AddressState.Idle }) ? 1 : 0;
        if (v6 > v4 || v4 > v6 + alone)
            Violate($"{eni.Id} has {v4} idle IPv4 and {v6} idle IPv6 addresses after quiet time");
    }

    private static string Told(Lease lease) => $"{lease.Attachment}={string.Join('+', SimulatedPod.AddressesOf(lease))}";

    private void Same(string what, IEnumerable<string> one, IEnumerable<string> other)
    {
        var left = one.OrderBy(x => x, StringComparer.Ordinal).ToList();
        var right = other.OrderBy(x => x, StringComparer.Ordinal).ToList();
        if (!left.SequenceEqual(right))
            Violate($"{what} differ: only the first has [{string.Join(", ", left.Except(right))}], only the second [{string.Join(", ", right.Except(left))}]");
    }
}
