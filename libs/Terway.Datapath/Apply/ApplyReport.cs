using System.Collections.Immutable;

namespace Terway.Datapath;

/// <summary>What <see cref="PlanApplier.Apply"/> found different and changed.</summary>
/// <remarks>The lines are made when they are asked for: an ADD that nobody looks at pays nothing for them.</remarks>
public sealed class ApplyReport
{
    private readonly IReadOnlyList<Change> _changes;

    internal ApplyReport(IReadOnlyList<Change> changes, bool retiredLinks)
    {
        _changes = changes;
        HasRetiredLinks = retiredLinks;
    }

    /// <summary>Whether everything was as planned already.</summary>
    public bool IsUnchanged => _changes.Count == 0;

    /// <summary>Whether a leftover link was retired, so that <see cref="LinkReaper"/> has work.</summary>
    public bool HasRetiredLinks { get; }

    /// <summary>The differences that there were, in the order in which they were mended.</summary>
    public ImmutableArray<PlanDifference> Changes => [.. _changes.Select(change => change.Difference)];
}
