using System.Net;
using System.Net.Sockets;
using Terway.Ipam;
using Terway.Ipam.Internal;
using Terway.Ipam.States;
using Terway.Ipam.Store;

namespace Terway.Simulation;

/// <summary>What must hold after quiet time: nothing is forgotten, in the cloud, the pool, the store, the kernel or the spool.</summary>
internal sealed class QuietChecker(StoryWorld world, SimulatedNode node, PodCrowd pods)
{
    internal void Check(string when)
    {
        if (node.Serving is not { } daemon)
        {
            Violate("not serving", $"the daemon does not serve after quiet time {when}");
            return;
        }

        var pool = daemon.Pool.Snapshot();
        var running = pods.All.Where(pod => pod.Stage == PodStage.Running).ToList();
        Same("leaked lease", $"addresses that the pool leases, and pods' {when}", pool.Leases.SelectMany(lease => SimulatedPod.AddressesOf(lease.IPv4, lease.IPv6)).Select(address => $"{address}"),
            running.SelectMany(pod => pod.Addresses).Select(address => $"{address}"));
        Same("leaked lease", $"leases of the pool and the pods' attachments {when}",
            pool.Leases.Where(lease => !UnknownAttachment.Is(lease.Attachment)).Select(lease => $"{lease.Attachment}"),
            running.Where(pod => !pod.IsNameless).Select(pod => $"{pod.Lease}"));
        CheckStore(pool, when);
        CheckCloud(pool, when);
        CheckMarks(pool, when);
        CheckKernel(running, pool, when);
        if (pool.Waiting.Length > 0)
            Violate("still waiting", $"{pool.Waiting.Length} requests still wait {when}");
        if (node.Spool.Count > 0)
            Violate("spool not settled", $"{node.Spool.Count} releases are not settled {when}");
    }

    private void CheckStore(PoolSnapshot pool, string when)
    {
        var stored = node.Disk.Content;
        Same("store differs", $"leases of the pool and the store {when}", pool.Leases.Select(lease => $"{lease.Attachment}={lease.IPv4}+{lease.IPv6}"), stored.Leases.Select(lease => $"{lease.Attachment}={lease.IPv4}+{lease.IPv6}"));
        Same("store differs", $"ENIs of the pool and the store {when}", pool.Enis.Select(eni => $"{eni.Id}"), stored.Enis.Select(eni => $"{eni.Eni?.Id}"));
        var known = pool.Enis.SelectMany(eni => eni.Addresses).Select(address => address.Address).ToHashSet();
        foreach (var row in stored.Addresses.Where(row => !known.Contains(row.Address) && row.Kind == StoredAddressKind.Resting))
            Violate("leaked row", $"the store keeps {row.Address} back, which the pool does not have {when}");
    }

    private void CheckCloud(PoolSnapshot pool, string when)
    {
        var lost = pool.Enis.Where(eni => eni.State == EniState.Lost).Select(eni => eni.Id).ToHashSet();
        var living = pool.Enis.Where(eni => eni.State != EniState.Lost).ToList();
        var own = world.Vpc.Own.Where(eni => !lost.Contains(eni.Id)).ToList();
        Same("leaked ENI", $"ENIs of the pool and the cloud {when}", living.Select(eni => $"{eni.Id}"), own.Select(eni => $"{eni.Id}"));
        var gone = pool.Enis.SelectMany(eni => eni.Addresses).Where(address => address.State == AddressState.Lost).Select(address => address.Address).ToHashSet();
        Same("leaked address", $"addresses of the pool and the cloud {when}",
            living.SelectMany(eni => eni.Addresses).Where(address => address.State != AddressState.Lost).Select(address => $"{address.Address}"),
            own.SelectMany(eni => eni.SecondaryIpAddresses.Append(eni.PrimaryIpAddress).Concat(eni.Ipv6Addresses)).Where(address => !gone.Contains(address)).Select(address => $"{address}"));
        foreach (var eni in pool.Enis.Where(eni => eni.State is not (EniState.InUse or EniState.Lost)))
            Violate("between states", $"{eni.Id} is {eni.State} {when}");
        foreach (var address in living.SelectMany(eni => eni.Addresses).Where(address => address.State is not (AddressState.Idle or AddressState.Leased or AddressState.Lost)))
            Violate("between states", $"{address.Address} is {address.State} {when}");
    }

    /// <summary>Between the low and the high mark; a primary address cannot be given back alone.</summary>
    private void CheckMarks(PoolSnapshot pool, string when)
    {
        var living = pool.Enis.Where(eni => eni.State != EniState.Lost).ToList();
        var idle = living.Sum(eni => node.Shape.IdleOf(eni));
        var stuck = living.Count(eni => eni.Addresses.Any(address => address is { IsPrimary: true, State: AddressState.Idle }));
        var high = node.Shape.HighMark(world.Vpc.Limits.Ipv4PerEni);
        if (idle > high + stuck)
            Violate("above the high mark", $"{idle} addresses are idle {when}, more than {high}");
        var reachable = world.Vpc.ReachableIdle(node.Shape.LowMark(world.Vpc.Limits.Ipv4PerEni), pool);
        if (idle < reachable)
            Violate("below the low mark", $"{idle} addresses are idle {when}, fewer than {reachable}");
        // While more is wanted and cannot be had, what there is of one family waits for the other.
        if (!node.Shape.IsDual || idle < node.Shape.LowMark(world.Vpc.Limits.Ipv4PerEni))
            return;
        foreach (var eni in living)
            CheckBalance(eni, when);
    }

    /// <summary>No address waits for ever for one of the other family; only a primary one may be left alone.</summary>
    private void CheckBalance(EniView eni, string when)
    {
        var v4 = NodeShape.IdleOf(eni, AddressFamily.InterNetwork);
        var v6 = NodeShape.IdleOf(eni, AddressFamily.InterNetworkV6);
        var alone = eni.Addresses.Any(address => address is { IsPrimary: true, State: AddressState.Idle }) ? 1 : 0;
        if (v6 > v4 || v4 > v6 + alone)
            Violate("families unbalanced", $"{eni.Id} has {v4} idle IPv4 and {v6} idle IPv6 addresses {when}");
    }

    /// <summary>A rule of an idle address may stay: the address's next pod replaces it. So may one of a subnet that no ENI of the node has:
    /// without the store the daemon cannot tell that it was its own. Of what others took away nothing can be mended.</summary>
    private void CheckKernel(List<SimulatedPod> running, PoolSnapshot pool, string when)
    {
        Same("kernel differs", $"host links and pods {when}", node.Kernel.HostSides.Keys, running.Select(pod => pod.Key));
        var allowed = pool.Enis.SelectMany(eni => eni.Addresses).Where(address => address.State == AddressState.Idle).Select(address => address.Address)
            .Concat(running.SelectMany(pod => pod.Addresses)).ToHashSet();
        var subnets = pool.Enis.SelectMany(eni => new[] { eni.Subnet, eni.Subnet6 }).OfType<IPNetwork>().ToHashSet();
        foreach (var address in node.Kernel.Rules.Keys.Where(address => !allowed.Contains(address) && subnets.Any(subnet => subnet.Contains(address))))
            Violate("leaked rule", $"the kernel has rules of {address}, which no pod uses {when}");
        foreach (var pod in running.Where(pod => pod is { IsDrifted: true, IsNameless: false, IsSabotaged: false }))
            Violate("drift not mended", $"the rules or the route of {pod.Attachment} are still gone {when}");
    }

    private void Same(string kind, string what, IEnumerable<string> one, IEnumerable<string> other)
    {
        var left = one.Order(StringComparer.Ordinal).ToList();
        var right = other.Order(StringComparer.Ordinal).ToList();
        if (!left.SequenceEqual(right))
            Violate(kind, $"{what} differ: only the first has [{string.Join(", ", left.Except(right))}], only the second [{string.Join(", ", right.Except(left))}]");
    }

    private void Violate(string kind, string text) => world.Violations.Add(kind, text);
}
