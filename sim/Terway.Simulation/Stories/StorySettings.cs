using System.Collections.Immutable;

namespace Terway.Simulation;

/// <summary>What a story is made of; everything else follows from the seed.</summary>
internal sealed record StorySettings
{
    /// <summary>Pods that a story starts by default: enough for several tides and lives, few enough to be shortened.</summary>
    internal const int DefaultPods = 1000;

    /// <summary>Decides every choice.</summary>
    internal required int Seed { get; init; }

    /// <summary>What goes wrong.</summary>
    internal FaultProfile Faults { get; init; } = FaultProfile.All;

    /// <summary>Pods to start; the story ends after the step that starts the last of them.</summary>
    internal int Pods { get; init; } = DefaultPods;

    /// <summary>The only steps to take, in ascending order; default for all.</summary>
    internal ImmutableArray<int> Only { get; init; }

    /// <summary>Whether the story ends in quiet time, after which all must be tidy; looking for a shorter history of something that
    /// happened before does without.</summary>
    internal bool HasEnd { get; init; } = true;

    /// <summary>How many lines of the history are kept; none makes a story several times faster.</summary>
    internal int History { get; init; }
}
