using System.Collections.Immutable;
using System.Globalization;

namespace Terway.Simulation;

/// <summary>Steps as a person passes them on: <c>3,17,20-25</c>.</summary>
internal static class StepRanges
{
    internal static string Write(ImmutableArray<int> steps)
    {
        var ranges = new List<string>();
        for (var i = 0; i < steps.Length; i++)
        {
            var first = i;
            while (i + 1 < steps.Length && steps[i + 1] == steps[i] + 1)
                i++;
            ranges.Add(i == first ? $"{steps[i]}" : $"{steps[first]}-{steps[i]}");
        }

        return string.Join(',', ranges);
    }

    /// <exception cref="FormatException">It is no list of steps in ascending order.</exception>
    internal static ImmutableArray<int> Parse(string text)
    {
        var steps = ImmutableArray.CreateBuilder<int>();
        foreach (var range in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = range.Split('-');
            var first = Number(ends[0]);
            for (var step = first; step <= (ends.Length > 1 ? Number(ends[1]) : first); step++)
                steps.Add(step);
        }

        for (var i = 1; i < steps.Count; i++)
        {
            if (steps[i] <= steps[i - 1])
                throw new FormatException($"The steps must ascend: {steps[i]} comes after {steps[i - 1]}.");
        }

        return steps.ToImmutable();
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"\"{text}\" is no step.");
}
