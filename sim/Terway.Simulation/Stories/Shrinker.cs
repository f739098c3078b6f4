using System.Collections.Immutable;

namespace Terway.Simulation;

/// <summary>Looks for a shorter history with the same kind of violation: steps are left out, half of them at first, in the end one by one.</summary>
internal static class Shrinker
{
    /// <summary>What looking may cost, in steps and quiet phases taken anew. A step of a story costs some microseconds.</summary>
    private const long StepBudget = 1_000_000;
    private const int CostOfAnEnd = 1500;

    /// <summary>The shortest telling that was found; the given one when none is shorter.</summary>
    internal static StoryResult Shorten(StoryResult found)
    {
        var kind = found.Violations[0].Kind;
        var kept = found.Settings.Only.IsDefault ? [.. Enumerable.Range(0, found.Steps)] : found.Settings.Only[..found.Steps];
        var best = found;
        var budget = StepBudget;
        for (var chunk = Math.Max(1, kept.Length / 2); chunk >= 1 && budget > 0; chunk /= 2)
        {
            for (var start = kept.Length - chunk; start > -chunk && budget > 0; start -= chunk)
            {
                var from = Math.Max(0, start);
                var fewer = kept.RemoveRange(from, Math.Min(chunk, kept.Length - from));
                var told = Story.Tell(found.Settings with { Only = fewer });
                budget -= told.Steps + CostOfAnEnd;
                if (told.Violations.IsEmpty || told.Violations[0].Kind != kind)
                    continue;
                best = told;
                kept = fewer[..told.Steps];
            }
        }

        return best;
    }

    /// <summary>The steps of a telling.</summary>
    internal static ImmutableArray<int> StepsOf(StoryResult told) =>
        told.Settings.Only.IsDefault ? [.. Enumerable.Range(0, told.Steps)] : told.Settings.Only[..Math.Min(told.Steps, told.Settings.Only.Length)];
}
