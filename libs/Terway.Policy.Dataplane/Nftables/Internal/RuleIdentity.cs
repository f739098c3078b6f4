using Terway.Netlink;

namespace Terway.Policy.Dataplane.Nftables.Internal;

/// <summary>A rule by what it does, whichever handle it has and whatever it counted.</summary>
internal readonly record struct RuleIdentity
{
    internal RuleIdentity(NftRule rule)
    {
        Expressions = new([.. rule.Expressions.Select(Normal)]);
        Comment = rule.Comment;
    }

    internal EquatableArray<NftExpression> Expressions { get; }

    internal string? Comment { get; }

    /// <summary>An expression without what the kernel counts in it or fills in for it.</summary>
    private static NftExpression Normal(NftExpression expression) => expression switch
    {
        NftCounter => Counter,
        NftLookup lookup => lookup with { SetId = null, Invert = lookup.Invert is true ? true : null },
        NftBitwise bitwise => bitwise with { Operation = null },
        NftLimit limit => limit with { Type = null, Invert = null },
        NftLog log => log with { Level = null, SnapLength = null, QueueThreshold = null, Flags = null },
        _ => expression,
    };

    private static NftCounter Counter { get; } = new();
}
