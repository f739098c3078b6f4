namespace Terway.Policy.Internal;

/// <summary>A policy as the evaluator asks it.</summary>
internal interface IPolicyView
{
    ResourceKey Key { get; }

    string Tier { get; }

    double Order { get; }

    bool AppliesTo(Peer subject, PolicyDirections direction);

    /// <summary>The rules that match, in order, with their indexes.</summary>
    IEnumerable<(int Index, RuleAction Action)> Matches(PolicyDirections direction, Packet packet, ClusterView cluster);
}
