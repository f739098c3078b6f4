using System.Collections.Frozen;
using System.Collections.Immutable;
using Terway.Cloud;

namespace Terway.Ipam.Planning;

/// <summary>What the planner knows.</summary>
internal sealed record PoolFacts
{
    /// <summary>The pool's ENIs, oldest first.</summary>
    public ImmutableArray<EniFacts> Enis { get; init; } = [];

    /// <summary>The vSwitches in the order in which a new ENI should try them.</summary>
    public ImmutableArray<VSwitchFacts> VSwitches { get; init; } = [];

    /// <summary>The kinds of action that must pause.</summary>
    public FrozenDictionary<ActionKind, Pause> Pauses { get; init; } = FrozenDictionary<ActionKind, Pause>.Empty;

    /// <summary>Calls under way.</summary>
    public int Running { get; init; }

    /// <summary>Kinds of node-wide work under way.</summary>
    public ImmutableHashSet<ActionKind> RunningKinds { get; init; } = [];

    /// <summary>Attached ENIs that take a slot but are not the pool's.</summary>
    public int ForeignEnis { get; init; }

    /// <summary>When the cloud is to be asked for all ENIs of the node; the past means now.</summary>
    public DateTimeOffset SweepDue { get; init; }

    /// <summary>Whether an ENI may exist that the pool does not know: nothing is created before the sweep.</summary>
    public bool SweepRequired { get; init; }

    /// <summary>When the metadata service is to be compared.</summary>
    public DateTimeOffset MetadataDue { get; init; }

    /// <summary>When the vSwitches' free addresses are too old to decide by; null when they were never read.</summary>
    public DateTimeOffset? VSwitchesStaleAt { get; init; }

    /// <summary>So many addresses the node is to have once, before pods ask; 0 when that is done.</summary>
    public int WarmUp { get; init; }

    /// <summary>When the idle reclaim lowers the high mark next.</summary>
    public DateTimeOffset? NextReclaim { get; init; }

    /// <summary>When the earliest resting address is ready.</summary>
    public DateTimeOffset? NextRested { get; init; }
}

/// <summary>A kind of action that must not be tried before a time.</summary>
internal sealed record Pause(DateTimeOffset Until, PoolFault Fault);

/// <summary>A vSwitch as the planner sees it.</summary>
/// <param name="Id">The vSwitch.</param>
/// <param name="Available">Free addresses; null when not read yet.</param>
/// <param name="SetAsideUntil">Until when it is not used; null when it is.</param>
internal sealed record VSwitchFacts(VSwitchId Id, long? Available, DateTimeOffset? SetAsideUntil)
{
    public bool IsUsable(DateTimeOffset now) => Available is not 0 && !(SetAsideUntil > now);

    /// <summary>When it is worth another try; null when it is usable.</summary>
    public DateTimeOffset? UnusableUntil(DateTimeOffset? staleAt, DateTimeOffset now) =>
        IsUsable(now) ? null : SetAsideUntil > now ? SetAsideUntil : staleAt;
}
