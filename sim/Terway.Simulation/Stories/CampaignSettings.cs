namespace Terway.Simulation;

/// <summary>Which stories a campaign tells.</summary>
internal sealed record CampaignSettings
{
    /// <summary>The seed of the first story; the others follow it.</summary>
    internal required int FirstSeed { get; init; }

    /// <summary>The most stories; null for no bound but <see cref="Lifecycles"/>.</summary>
    internal int? Stories { get; init; }

    /// <summary>Whole pod lifecycles after which no further story begins; null for no bound but <see cref="Stories"/>.</summary>
    internal long? Lifecycles { get; init; }

    internal FaultProfile Faults { get; init; } = FaultProfile.All;

    /// <summary>Pods of each story.</summary>
    internal int Pods { get; init; } = StorySettings.DefaultPods;

    /// <summary>Stories that are told at a time, each by a thread of its own.</summary>
    internal int Workers { get; init; } = Environment.ProcessorCount;
}
