namespace Terway.Simulation;

/// <summary>A campaign in words for a person.</summary>
internal static class CampaignText
{
    internal static void WriteSummary(TextWriter output, CampaignSummary summary)
    {
        output.WriteLine($"{summary.Completed:N0} pod lifecycles in {summary.Stories:N0} stories ({summary.Pods:N0} sandboxes, {summary.VirtualTime.TotalDays:N1} days of virtual time) in {summary.RealTime.TotalSeconds:0.0} s: {summary.Completed / summary.RealTime.TotalSeconds:N0} a second");
        output.WriteLine($"{summary.Calls:N0} cloud calls, {summary.Calls / (double)Math.Max(1, summary.Granted):0.000} for each pod that got an address; the longest ADD took {summary.LongestWait.TotalSeconds:0.0} s");
        WriteCounts(output, "faults", summary.Faults);
        WriteCounts(output, "refusals", summary.Refusals);
        output.WriteLine($"violations: {summary.Failed?.Violations.Length ?? 0}");
    }

    /// <summary>The violation, the history that leads to it, and how to see it again.</summary>
    internal static void WriteFailure(TextWriter output, StoryResult found, StoryResult shortest)
    {
        foreach (var violation in shortest.Violations)
            output.WriteLine($"VIOLATION ({violation.Kind}): {violation.Text}");
        output.WriteLine();
        foreach (var line in shortest.History)
            output.WriteLine(line);
        output.WriteLine();
        output.WriteLine($"seed {found.Settings.Seed}: after {found.Steps} steps; the shortest history found has {shortest.Steps}. To see it again:");
        output.WriteLine($"  ./build.sh sim {ReplayArguments(shortest.Settings)}");
    }

    internal static string ReplayArguments(StorySettings settings) =>
        $"--seed {settings.Seed} --faults {settings.Faults.Name}{(settings.Only.IsDefault ? "" : $" --steps {StepRanges.Write(settings.Only)}")} --history 400";

    private static void WriteCounts(TextWriter output, string what, FaultCounts counts) =>
        output.WriteLine($"{what}: {string.Join(", ", counts.All.Select(count => $"{count.Value:N0} {count.Key}"))}");
}
