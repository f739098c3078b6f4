using System.Collections.Immutable;

namespace Terway.Simulation;

/// <summary>What a story came to.</summary>
internal sealed record StoryResult
{
    internal required StorySettings Settings { get; init; }

    /// <summary>Steps that were taken.</summary>
    internal required int Steps { get; init; }

    /// <summary>Sandboxes that were started.</summary>
    internal required long Pods { get; init; }

    /// <summary>Sandboxes that had an address and are gone: whole lifecycles.</summary>
    internal required long Completed { get; init; }

    /// <summary>ADDs that ended well.</summary>
    internal required long Granted { get; init; }

    /// <summary>Calls to the cloud.</summary>
    internal required long Calls { get; init; }

    internal required FaultCounts Faults { get; init; }

    /// <summary>ADDs that failed, by code.</summary>
    internal required FaultCounts Refusals { get; init; }

    /// <summary>The longest that an ADD took.</summary>
    internal required TimeSpan LongestWait { get; init; }

    internal required TimeSpan VirtualTime { get; init; }

    internal required ImmutableArray<Violation> Violations { get; init; }

    /// <summary>Whether the violation was seen in the quiet time at the end, not in a step.</summary>
    internal required bool IsAtTheEnd { get; init; }

    /// <summary>By which two tellings of a story are compared; meaningful when the history was kept.</summary>
    internal required ulong Trace { get; init; }

    internal required ImmutableArray<string> History { get; init; }
}
