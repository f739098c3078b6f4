using System.Collections.Immutable;
using Terway.Ipam.Internal;
using Terway.Ipam.Planning;

namespace Terway.Ipam.Actions;

/// <summary>Carries a plan out: the only place where the pool's work runs side by side.</summary>
internal sealed class ActionRunner
{
    private readonly PoolCore _core;
    private readonly EniCreation _creation;
    private readonly EniMoves _enis;
    private readonly AddressMoves _addresses;
    private readonly NodeWork _node;
    private readonly Sweeper _sweeper;
    private readonly HashSet<Task> _running = [];
    private readonly HashSet<Task> _watching = [];
    private Exception? _broken;

    public ActionRunner(PoolCore core)
    {
        _core = core;
        var calls = new CloudCall(core);
        var view = new CloudView(core);
        _creation = new EniCreation(core, calls, view);
        var audit = new EniAudit(core);
        _enis = new EniMoves(core, calls, view, audit);
        _addresses = new AddressMoves(core, calls, view);
        _node = new NodeWork(core, calls);
        _sweeper = new Sweeper(core, calls, view, audit);
    }

    private PoolState State => _core.State;

    /// <summary>Marks what the plan touches and prepares its work. The caller holds the lock, under which the plan was made.</summary>
    public List<(PoolAction Action, Func<CancellationToken, Task> Work)> BeginLocked(PoolPlan plan)
    {
        var begun = new List<(PoolAction, Func<CancellationToken, Task>)>(plan.Actions.Length);
        foreach (var action in plan.Actions)
        {
            using var because = State.History.Because(why: action.Reason);
            begun.Add((action, BeginOneLocked(action)));
        }

        State.Running += begun.Count;
        return begun;
    }

    /// <summary>Starts what was begun. Nothing is awaited; each piece of work wakes the loop when it ends.</summary>
    public void Start(List<(PoolAction Action, Func<CancellationToken, Task> Work)> begun, CancellationToken stopping)
    {
        foreach (var (action, work) in begun)
        {
            _core.Log.Acting(action.GetType().Name, action.Reason);
            Track(_running, RunAsync(work, stopping));
        }
    }

    /// <summary>A defect in an action ends the loop with it: the state it left cannot be trusted, the store can.</summary>
    public void ThrowIfBroken()
    {
        if (_broken is { } broken)
            throw new InvalidOperationException("An action of the pool failed in a way that it should not.", broken);
    }

    /// <summary>When the calls under way have ended.</summary>
    public Task WhenIdle()
    {
        lock (_running)
        {
            return Task.WhenAll(_running);
        }
    }

    /// <summary>When nothing is under way any more, watches included: those end with the loop's token only.</summary>
    public Task WhenEnded()
    {
        lock (_watching)
        {
            return Task.WhenAll(WhenIdle(), Task.WhenAll(_watching));
        }
    }

    private Func<CancellationToken, Task> BeginOneLocked(PoolAction action) => action switch
    {
        PoolAction.ReadNode => NodeWide(ActionKind.ReadNode, _node.ReadNodeAsync, action),
        PoolAction.ReadVSwitches => NodeWide(ActionKind.ReadVSwitches, _node.ReadVSwitchesAsync, action),
        PoolAction.Sweep => NodeWide(ActionKind.Sweep, _sweeper.SweepAsync, action),
        PoolAction.SyncMetadata => NodeWide(ActionKind.SyncMetadata, _sweeper.SyncMetadataAsync),
        PoolAction.CreateEni create => Create(create),
        PoolAction.ResolveCreate resolve => OnEni(resolve.Slot, _ => { }, _creation.ResolveAsync),
        PoolAction.AttachEni attach => OnEni(attach.Slot, _enis.BeginAttachLocked, AttachAsync),
        PoolAction.PrepareEni prepare => OnEni(prepare.Slot, _ => { }, _enis.PrepareAsync),
        PoolAction.AssignAddresses assign => OnEni(assign.Slot, eni => BeginAssignLocked(eni, assign), (eni, stopping) => _addresses.AssignAsync(eni, assign, stopping)),
        PoolAction.UnassignAddresses unassign => OnEni(unassign.Slot, eni => _addresses.BeginUnassignLocked(eni, unassign), _addresses.UnassignAsync),
        PoolAction.DetachEni detach => Detach(detach),
        PoolAction.DeleteEni delete => OnEni(delete.Slot, _enis.BeginDeleteLocked, _enis.DeleteAsync),
        PoolAction.DescribeEnis describe => Describe(describe),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "There is no such action."),
    };

    /// <summary>Begins work about the node; what is told to the history are the calls, not the comparison that costs none.</summary>
    private Func<CancellationToken, Task> NodeWide(ActionKind kind, Func<CancellationToken, Task> work, PoolAction? told = null)
    {
        if (told is not null)
            State.History.Begun(told.GetType().Name, told.Reason, null);
        State.RunningKinds.Add(kind);
        return async stopping =>
        {
            try
            {
                await work(stopping).ConfigureAwait(false);
            }
            finally
            {
                lock (State.Lock)
                {
                    State.RunningKinds.Remove(kind);
                }
            }
        };
    }

    private Func<CancellationToken, Task> Create(PoolAction.CreateEni action)
    {
        var eni = _creation.BeginLocked(action);
        return stopping => EndingAsync([eni], _creation.CreateAsync(eni, stopping));
    }

    private void BeginAssignLocked(PoolEni eni, PoolAction.AssignAddresses assign)
    {
        eni.Arriving = assign.Count;
        State.History.Begun(nameof(PoolAction.AssignAddresses), assign.Reason, eni);
    }

    /// <summary>The watch for the link outlives the call, and is not counted as one.</summary>
    private Task AttachAsync(PoolEni eni, CancellationToken stopping)
    {
        Track(_watching, GuardAsync(cancel => _enis.WatchLinkAsync(eni, cancel), stopping));
        return _enis.AttachAsync(eni, stopping);
    }

    private Func<CancellationToken, Task> Detach(PoolAction.DetachEni action)
    {
        var eni = Find(action.Slot);
        var canAbandon = eni.State is States.EniState.InUse or States.EniState.Preparing;
        return OnEni(action.Slot, _enis.BeginDetachLocked, (busy, stopping) => _enis.DetachAsync(busy, canAbandon, stopping));
    }

    private Func<CancellationToken, Task> Describe(PoolAction.DescribeEnis action)
    {
        ImmutableArray<PoolEni> enis = [.. action.Slots.Select(Find)];
        foreach (var eni in enis)
            eni.Begin();
        return stopping => EndingAsync(enis, _enis.DescribeAsync(enis, stopping));
    }

    private Func<CancellationToken, Task> OnEni(EniSlot slot, Action<PoolEni> beginLocked, Func<PoolEni, CancellationToken, Task> work)
    {
        var eni = Find(slot);
        eni.Begin();
        beginLocked(eni);
        return stopping => EndingAsync([eni], work(eni, stopping));
    }

    private PoolEni Find(EniSlot slot) =>
        State.FindEni(slot) ?? throw new InvalidOperationException($"The plan names ENI slot {slot.Number}, which the pool does not have.");

    private async Task EndingAsync(ImmutableArray<PoolEni> enis, Task work)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        finally
        {
            lock (State.Lock)
            {
                foreach (var eni in enis)
                    eni.End();
            }
        }
    }

    private async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        await GuardAsync(work, stopping).ConfigureAwait(false);
        lock (State.Lock)
        {
            State.Running--;
        }

        _core.Wake.Set();
    }

    private async Task GuardAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        try
        {
            await work(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            _core.Log.Abandoned();
        }
        catch (Exception e)
        {
            _broken ??= e;
            _core.Log.ActionBroke(e);
            _core.Wake.Set();
        }
    }

    private static void Track(HashSet<Task> tasks, Task task)
    {
        lock (tasks)
        {
            tasks.RemoveWhere(done => done.IsCompleted);
            if (!task.IsCompleted)
                tasks.Add(task);
        }
    }
}
