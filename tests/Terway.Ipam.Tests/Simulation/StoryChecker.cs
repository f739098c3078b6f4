using System.Net;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Ipam.States;
using Terway.Ipam.Store;

namespace Terway.Ipam.Tests.Simulation;

/// <summary>The invariants, told by what the world outside the pool can see. It shares no code with the pool.</summary>
internal sealed class StoryChecker(CloudEmulator cloud, VpcId vpc, TimeSpan rest)
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
        if (others.FirstOrDefault(other => other != pod && !other.MayBeReleased && other.Lease is { } held && held.Address.Equals(lease.Address)) is { } twin)
            Violate($"{lease.Address} is held by {twin.Attachment} and was given to {pod.Attachment}");
        if (_released.TryGetValue(lease.Address, out var last) && last.Holder != pod.Attachment && now - last.At < rest)
            Violate($"{lease.Address} rested only {(now - last.At).TotalSeconds:0.0} s between {last.Holder} and {pod.Attachment}");
    }

    public void Released(SimulatedPod pod, Lease lease, DateTimeOffset now) => _released[lease.Address] = (pod.Attachment, now);

    /// <summary>What must hold at every moment.</summary>
    public void CheckStep(IReadOnlyCollection<SimulatedPod> pods, EniPool pool)
    {
        foreach (var pod in pods)
        {
            if (pod is not { Stage: PodStage.Running, Lease: { } lease })
                continue;
            if (!pod.Sabotaged && cloud.FindOwner(vpc, lease.Address) != lease.Eni.Id)
                Violate($"{pod.Attachment} uses {lease.Address}, which {lease.Eni.Id} does not own");
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
        }

        if (count > maxEnis)
            Violate($"{count} ENIs are attached, more than {maxEnis}");
    }

    /// <summary>What must hold after quiet time: nothing is forgotten, in the cloud, the pool or the store.</summary>
    public void CheckQuiet(IReadOnlyCollection<SimulatedPod> pods, PoolSnapshot pool, StoredPool stored, IReadOnlyList<NetworkInterface> own, int maxIdle, int minIdle)
    {
        var running = pods.Where(pod => pod.Lease is not null).ToDictionary(pod => pod.Attachment, pod => pod.Lease!.Address);
        Same("leases of the pool and pods", pool.Leases.Select(lease => $"{lease.Attachment}={lease.Address}"), running.Select(pod => $"{pod.Key}={pod.Value}"));
        Same("leases of the store and pods", stored.Leases.Select(lease => $"{lease.Attachment}={lease.Address}"), running.Select(pod => $"{pod.Key}={pod.Value}"));
        var living = pool.Enis.Where(eni => eni.State != EniState.Lost).ToList();
        var lost = pool.Enis.Where(eni => eni.State == EniState.Lost).Select(eni => eni.Id).ToHashSet();
        own = [.. own.Where(eni => !lost.Contains(eni.Id))];
        Same("ENIs of the pool and the cloud", living.Select(eni => $"{eni.Id}"), own.Select(eni => $"{eni.Id}"));
        Same("ENIs of the pool and the store", pool.Enis.Select(eni => $"{eni.Id}"), stored.Enis.Select(eni => $"{eni.Eni?.Id}"));
        var mine = living.SelectMany(eni => eni.Addresses).ToList();
        var gone = pool.Enis.SelectMany(eni => eni.Addresses).Where(address => address.State == AddressState.Lost).Select(address => address.Address).ToHashSet();
        Same("addresses of the pool and the cloud", mine.Where(address => address.State != AddressState.Lost).Select(address => $"{address.Address}"),
            own.SelectMany(eni => eni.SecondaryIpAddresses.Append(eni.PrimaryIpAddress)).Where(address => !gone.Contains(address)).Select(address => $"{address}"));
        foreach (var eni in pool.Enis.Where(eni => eni.State is not (EniState.InUse or EniState.Lost)))
            Violate($"{eni.Id} is {eni.State} after quiet time");
        foreach (var address in mine.Where(address => address.State is not (AddressState.Idle or AddressState.Leased or AddressState.Lost)))
            Violate($"{address.Address} is {address.State} after quiet time");
        if (pool.Waiting.Length > 0)
            Violate($"{pool.Waiting.Length} requests still wait after quiet time");
        var idle = mine.Count(address => address.State == AddressState.Idle);
        var stuck = living.Count(eni => eni.Addresses.Any(address => address is { IsPrimary: true, State: AddressState.Idle }));
        if (idle > maxIdle + stuck)
            Violate($"{idle} addresses are idle after quiet time, more than {maxIdle}: {string.Join(", ", mine.Where(address => address.State == AddressState.Idle).Select(address => address.Address))}");
        if (idle < minIdle)
            Violate($"{idle} addresses are idle after quiet time, fewer than {minIdle}");
    }

    private void Same(string what, IEnumerable<string> one, IEnumerable<string> other)
    {
        var left = one.OrderBy(x => x, StringComparer.Ordinal).ToList();
        var right = other.OrderBy(x => x, StringComparer.Ordinal).ToList();
        if (!left.SequenceEqual(right))
            Violate($"{what} differ: only the first has [{string.Join(", ", left.Except(right))}], only the second [{string.Join(", ", right.Except(left))}]");
    }
}
