using Microsoft.Extensions.Logging;
using Terway.Ipam;
using Terwayd.Contract;
using Terwayd.Node;

namespace Terwayd.Reconciliation;

/// <summary>
/// Compares every ENI's and every pod's host side with its plan: mends what drifted, and gives back what vanished pods hold. A pod
/// that a request works on is left to it, and a young one to the plugin that is making it. An address that the kernel routes to a pod is
/// in use whatever the lease says: after the loss of the store a lease has no name by which link and namespace could be looked for.
/// </summary>
internal sealed class PodRepair(
    EniPool pool, PodGate gate, INodeNetwork network, LeaseReturn returns, TimeProvider time, ILogger<PodRepair> logger)
{
    private readonly VanishedPods _vanished = new();

    internal void Run(CancellationToken cancellationToken)
    {
        var leases = pool.Snapshot().Leases;
        var observed = network.Observe();
        var used = observed.Select(o => o.Address).ToHashSet();
        var newest = leases.GroupBy(NameOf).ToDictionary(g => g.Key, g => g.MaxBy(l => l.GrantedAt)!.Attachment);
        bool HasLink(Lease lease) => newest[NameOf(lease)] == lease.Attachment && network.HasHostLink(lease);
        foreach (var lease in _vanished.Judge(leases, lease => used.Contains(lease.Address) || HasLink(lease) || IsPresent(lease), time.GetUtcNow()))
        {
            logger.PodVanished(lease.Pod.ToString(), lease.Attachment.ContainerId, lease.Attachment.IfName, lease.Address);
            InGate(lease, l => returns.Return(l, "its link and namespace are gone"));
        }

        pool.Observe(observed);
        foreach (var eni in leases.Select(l => l.Eni).DistinctBy(e => e.Id))
            Repair(eni);
        foreach (var lease in leases.Where(l => time.GetUtcNow() - l.GrantedAt >= VanishedPods.Patience && HasLink(l)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            InGate(lease, Repair);
        }
    }

    private void Repair(LeaseEni eni)
    {
        var differences = network.RepairEni(eni);
        if (differences.Count > 0)
            logger.EniRepaired(eni.Id.Value, string.Join("; ", differences));
    }

    private bool IsPresent(Lease lease) =>
        gate.IsBusy(lease.Pod.ToString()) ||
        (LeaseNote.Read(lease.Payload).NetNs is { Length: > 0 } path && network.HasNamespace(path));

    /// <summary>Every sandbox of a pod has a host link of the same name: the one that is there belongs to the newest.</summary>
    private static (PodKey Pod, string IfName) NameOf(Lease lease) => (lease.Pod, lease.Attachment.IfName);

    /// <summary>Without its host link a pod has nothing to mend: the plugin makes it, or it is gone.</summary>
    private void Repair(Lease lease)
    {
        if (!network.HasHostLink(lease))
            return;
        var differences = network.RepairHostSide(lease);
        if (differences.Count > 0)
            logger.Repaired(lease.Pod.ToString(), string.Join("; ", differences));
    }

    /// <summary>The lease is looked at again inside: its pod may have gone since the list was made.</summary>
    private void InGate(Lease lease, Action<Lease> act)
    {
        using var pass = gate.TryEnter(lease.Pod.ToString());
        if (pass is not null && pool.Inspect(lease.Attachment) is { } current)
            act(current);
    }
}
