namespace Terway.Policy;

/// <summary>A Tier of Calico v3: a group of policies, and what happens to packets that none of its policies decides.</summary>
public sealed record CalicoTier : Resource
{
    /// <summary>The tier that policies stand in unless they name another.</summary>
    public const string DefaultName = "default";

    /// <inheritdoc/>
    public override ResourceKey Key => new(ResourceKind.Tier, null, Name);

    /// <summary>Its place, lower first; null is last.</summary>
    public double? Order { get; init; }

    /// <summary>What happens to packets that its policies leave undecided: Deny or Pass.</summary>
    public RuleAction DefaultAction { get; init; } = RuleAction.Deny;

    /// <summary>The tiers that exist without being written: <c>kube-admin</c>, <c>default</c> and <c>kube-baseline</c>.</summary>
    public static EquatableArray<CalicoTier> BuiltIn { get; } =
    [
        new() { Name = "kube-admin", Order = 1_000, DefaultAction = RuleAction.Pass },
        new() { Name = DefaultName, Order = 1_000_000 },
        new() { Name = "kube-baseline", Order = 10_000_000, DefaultAction = RuleAction.Pass },
    ];
}
