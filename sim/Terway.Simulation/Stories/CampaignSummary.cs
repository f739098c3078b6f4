using System.Diagnostics;

namespace Terway.Simulation;

/// <summary>What a campaign's stories came to, all together.</summary>
internal sealed class CampaignSummary(Stopwatch clock)
{
    private Exception? _defect;

    internal int Stories { get; private set; }

    internal long Pods { get; private set; }

    /// <summary>Whole lifecycles: sandboxes that had an address and are gone.</summary>
    internal long Completed { get; private set; }

    internal long Granted { get; private set; }

    internal long Calls { get; private set; }

    internal FaultCounts Faults { get; } = new();

    internal FaultCounts Refusals { get; } = new();

    internal TimeSpan LongestWait { get; private set; }

    internal TimeSpan VirtualTime { get; private set; }

    internal TimeSpan RealTime => clock.Elapsed;

    /// <summary>The story with the lowest seed that violated something.</summary>
    internal StoryResult? Failed { get; private set; }

    internal bool IsBroken => _defect is not null;

    internal void Add(StoryResult story)
    {
        Stories++;
        Pods += story.Pods;
        Completed += story.Completed;
        Granted += story.Granted;
        Calls += story.Calls;
        Faults.Add(story.Faults);
        Refusals.Add(story.Refusals);
        LongestWait = story.LongestWait > LongestWait ? story.LongestWait : LongestWait;
        VirtualTime += story.VirtualTime;
        if (story.Violations.Length > 0 && (Failed is null || story.Settings.Seed < Failed.Settings.Seed))
            Failed = story;
    }

    internal void Break(int seed, Exception defect) =>
        _defect ??= new InvalidOperationException($"The simulation itself broke in the story of seed {seed}.", defect);

    internal void ThrowIfBroken()
    {
        if (_defect is { } defect)
            throw defect;
    }
}
