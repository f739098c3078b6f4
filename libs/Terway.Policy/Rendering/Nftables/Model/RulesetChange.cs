using System.Collections.Immutable;

namespace Terway.Policy.Nftables;

/// <summary>What turns one ruleset into the next. It is meant for one transaction, of which no packet sees a part.</summary>
public sealed record RulesetChange
{
    /// <summary>The change of nothing.</summary>
    public static RulesetChange None { get; } = new();

    /// <summary>New sets and maps with their elements.</summary>
    public ImmutableArray<RulesetSetContent> AddedSets { get; init; } = [];

    /// <summary>New chains, and chains whose rules are others now.</summary>
    public ImmutableArray<RulesetChain> PutChains { get; init; } = [];

    /// <summary>Elements of sets and maps that stay.</summary>
    public ImmutableArray<ElementChange> Elements { get; init; } = [];

    /// <summary>Names of chains that nothing jumps to any longer.</summary>
    public ImmutableArray<string> RemovedChains { get; init; } = [];

    /// <summary>Names of sets that no rule asks any longer.</summary>
    public ImmutableArray<string> RemovedSets { get; init; } = [];

    /// <summary>Whether nothing changes.</summary>
    public bool IsEmpty => AddedSets.IsEmpty && PutChains.IsEmpty && Elements.IsEmpty && RemovedChains.IsEmpty && RemovedSets.IsEmpty;
}
