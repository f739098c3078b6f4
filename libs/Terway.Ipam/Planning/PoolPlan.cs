using System.Collections.Immutable;

namespace Terway.Ipam.Planning;

/// <summary>What to do now, when to think again, and what waiting pods may hope for.</summary>
internal sealed record PoolPlan
{
    public required ImmutableArray<PoolAction> Actions { get; init; }

    /// <summary>When something is due by itself; null when only an event can change the plan.</summary>
    public DateTimeOffset? NextLook { get; init; }

    /// <summary>How many waiting pods can be served by what is there, on its way, or resting.</summary>
    public int Coming { get; init; }

    /// <summary>How many more can be served by growing.</summary>
    public int Growth { get; init; }

    /// <summary>What keeps the pool from growing for now.</summary>
    public Shortage? Paused { get; init; }

    /// <summary>What keeps it from growing beyond <see cref="Growth"/>; null while the limits are not known.</summary>
    public Shortage? Limit { get; init; }

    /// <summary>What keeps the waiting pod at this place of the queue from being served before its deadline; null when it may hope.</summary>
    public Shortage? Hopeless(int place, DateTimeOffset deadline)
    {
        if (place < Coming)
            return null;
        var shortage = place - Coming < Growth ? Paused : Limit;
        return shortage is null || shortage.Until <= deadline ? null : shortage;
    }
}

/// <summary>What stops growth.</summary>
/// <param name="Fault">The limit, its value, and how to raise it.</param>
/// <param name="Until">When it may end by itself; null when only a release or a person can end it.</param>
internal sealed record Shortage(PoolFault Fault, DateTimeOffset? Until);
