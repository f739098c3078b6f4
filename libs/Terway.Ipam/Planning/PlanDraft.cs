using System.Collections.Immutable;
using Terway.Ipam.States;

namespace Terway.Ipam.Planning;

/// <summary>A plan while it is being made: it alone counts calls, honours pauses and remembers what is due later.</summary>
internal sealed class PlanDraft(PoolFacts facts, PoolLimits limits, DateTimeOffset now)
{
    private readonly ImmutableArray<PoolAction>.Builder _actions = ImmutableArray.CreateBuilder<PoolAction>();
    private readonly HashSet<EniSlot> _taken = [];
    private int _calls = facts.Running;

    public PoolFacts Facts { get; } = facts;

    public PoolLimits Limits { get; } = limits;

    public DateTimeOffset Now { get; } = now;

    public DateTimeOffset? NextLook { get; private set; }

    public ImmutableArray<PoolAction> Actions => _actions.ToImmutable();

    /// <summary>ENIs on their way from nothing to the instance: creations and attachments share one limit.</summary>
    public int Creates { get; private set; } = facts.Enis.Count(eni => eni.State is EniState.Creating or EniState.Attaching || eni is { State: EniState.Available, Busy: true });

    public bool CanCreate => Creates < Limits.MaxParallelCreates;

    /// <summary>Something is due at that time: think again then.</summary>
    public void LookAt(DateTimeOffset? time)
    {
        if (time is { } at && at > Now && (NextLook is null || at < NextLook))
            NextLook = at;
    }

    public Pause? PauseOf(ActionKind kind) =>
        Facts.Pauses.TryGetValue(kind, out var pause) && pause.Until > Now ? pause : null;

    /// <summary>True when the kind may run now; otherwise the plan looks again when its pause ends.</summary>
    public bool IsOpen(ActionKind kind)
    {
        var pause = PauseOf(kind);
        LookAt(pause?.Until);
        return pause is null;
    }

    /// <summary>True when nothing happens on the ENI and nothing forbids to begin; otherwise the plan looks again when it may.</summary>
    public bool IsFree(EniFacts eni)
    {
        if (eni.Busy || _taken.Contains(eni.Slot))
            return false;
        LookAt(eni.NotBefore);
        return eni.NotBefore <= Now;
    }

    public bool IsTaken(EniFacts eni) => eni.Busy || _taken.Contains(eni.Slot);

    /// <summary>Adds an action on one ENI when its kind and the call limit allow it.</summary>
    public bool Add(ActionKind kind, EniFacts eni, PoolAction action)
    {
        if (!IsFree(eni) || !IsOpen(kind) || !TakeCall())
            return false;
        _taken.Add(eni.Slot);
        if (kind == ActionKind.Attach)
            Creates++;
        _actions.Add(action);
        return true;
    }

    public bool AddCreate(PoolAction.CreateEni action)
    {
        if (!CanCreate || !IsOpen(ActionKind.Create) || !TakeCall())
            return false;
        Creates++;
        _actions.Add(action);
        return true;
    }

    /// <summary>Adds one question about several ENIs.</summary>
    public void AddDescribe(ImmutableArray<EniFacts> enis, string reason)
    {
        if (enis.IsEmpty || !IsOpen(ActionKind.Describe) || !TakeCall())
            return;
        foreach (var eni in enis)
            _taken.Add(eni.Slot);
        _actions.Add(new PoolAction.DescribeEnis([.. enis.Select(eni => eni.Slot)], reason));
    }

    /// <summary>Adds work that concerns the whole node, when it is due and not under way.</summary>
    public void AddNodeWide(ActionKind kind, PoolAction action, DateTimeOffset due)
    {
        LookAt(due);
        if (due <= Now && !Facts.RunningKinds.Contains(kind) && IsOpen(kind) && TakeCall())
            _actions.Add(action);
    }

    /// <summary>A call that finds no room is planned again when a running one ends, which wakes the loop.</summary>
    private bool TakeCall()
    {
        if (_calls >= Limits.MaxParallelCalls)
            return false;
        _calls++;
        return true;
    }
}
