using System.Collections.Immutable;

namespace Terway.Simulation;

/// <summary>Looks for a shorter history with the same kind of violation: the beginning is left out first, then ever smaller pieces.</summary>
internal sealed class Shrinker
{
    /// <summary>What looking may cost, in steps taken anew.</summary>
    private const long StepBudget = 400_000;

    /// <summary>What the quiet time at the end costs, in steps.</summary>
    private const int CostOfAnEnd = 1000;

    private readonly string _kind;
    private StoryResult _best;
    private long _budget = StepBudget;

    private Shrinker(StoryResult found)
    {
        _kind = found.Violations[0].Kind;
        _best = found with { Settings = found.Settings with { HasEnd = found.IsAtTheEnd, Only = StepsOf(found) } };
    }

    private ImmutableArray<int> Steps => _best.Settings.Only;

    /// <summary>The shortest telling that was found; the given one when none is shorter.</summary>
    internal static StoryResult Shorten(StoryResult found) => new Shrinker(found).Run();

    /// <summary>The steps of a telling.</summary>
    internal static ImmutableArray<int> StepsOf(StoryResult told) =>
        told.Settings.Only.IsDefault ? [.. Enumerable.Range(0, told.Steps)] : told.Settings.Only[..Math.Min(told.Steps, told.Settings.Only.Length)];

    private StoryResult Run()
    {
        for (var kept = Steps.Length / 2; kept > 0 && _budget > 0; kept /= 2)
        {
            if (!TryOnly(Steps[^kept..]))
                break;
        }

        for (var piece = Math.Max(1, Steps.Length / 2); piece >= 1 && _budget > 0; piece /= 2)
        {
            for (var start = 0; start < Steps.Length && _budget > 0;)
            {
                if (!TryOnly(Steps.RemoveRange(start, Math.Min(piece, Steps.Length - start))))
                    start += piece;
            }
        }

        return _best;
    }

    private bool TryOnly(ImmutableArray<int> steps)
    {
        var told = Story.Tell(_best.Settings with { Only = steps });
        _budget -= told.Steps + (told.IsAtTheEnd && told.Settings.HasEnd ? CostOfAnEnd : 0);
        if (told.Violations.IsEmpty || told.Violations[0].Kind != _kind)
            return false;
        _best = told with { Settings = told.Settings with { Only = StepsOf(told) } };
        return true;
    }
}
