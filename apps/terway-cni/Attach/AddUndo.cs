using Terway.Cni;
using Terway.Cni.Daemon;
using Terway.Datapath;

namespace Terway.CniPlugin;

/// <summary>Takes back what an ADD did, unless it is committed: first the pod's network, then the lease.</summary>
internal sealed class AddUndo(Invocation invocation) : IDisposable
{
    private readonly Stack<(PlanTarget Target, NetworkPlan Plan)> _applied = new();
    private bool _holdsLease;

    /// <summary>The lease may be held from now on.</summary>
    public void ExpectLease() => _holdsLease = true;

    /// <summary>The daemon refused: there is no lease.</summary>
    public void NoLease() => _holdsLease = false;

    /// <summary>A plan is in the kernel. The target must outlive this object.</summary>
    public void Applied(PlanTarget target, NetworkPlan plan) => _applied.Push((target, plan));

    /// <summary>The ADD succeeded.</summary>
    public void Commit()
    {
        _applied.Clear();
        _holdsLease = false;
    }

    public void Dispose()
    {
        while (_applied.TryPop(out var applied))
            Remove(applied.Target, applied.Plan);
        if (_holdsLease)
            Release();
    }

    private void Remove(PlanTarget target, NetworkPlan plan)
    {
        try
        {
            new PodTeardown(target).Remove(plan);
        }
        catch (DatapathException e)
        {
            invocation.Log($"undoing the ADD: {e.Message}");
        }
    }

    /// <summary>With a client and a deadline of its own: the first client may have failed for its deadline.</summary>
    private void Release()
    {
        ReleaseRequest release = invocation.Release("rollback", deferredLinks: false);
        try
        {
            using DaemonClient daemon = invocation.NewRollbackClient();
            BusyPod.Ask(() => daemon.Release(release), CancellationToken.None);
        }
        catch (DaemonException e)
        {
            invocation.Log($"undoing the ADD: {e.Message}; the release is queued");
            TryQueue(release);
        }
    }

    private void TryQueue(ReleaseRequest release)
    {
        try
        {
            invocation.Queue(release);
        }
        catch (CniException e)
        {
            invocation.Log($"undoing the ADD: {e.Message}: {e.DetailText}");
        }
    }
}
