namespace Terway.Cloud.Testing.Internal;

/// <summary>What of a cloud's behaviour can be changed while it runs. Used under the world's lock.</summary>
internal sealed class Knobs(CloudEmulatorOptions options)
{
    internal EmulatorLatencies Latencies { get; set; } = options.Latencies;

    internal int MaxEniCount { get; set; } = options.MaxEniCount;

    internal Dictionary<string, int> ActionLimits { get; } = new(options.ActionLimits, StringComparer.Ordinal);

    internal SortedSet<string> DeniedActions { get; } = new(StringComparer.Ordinal);

    /// <summary>Calls of an action a minute.</summary>
    internal int LimitOf(string action) => ActionLimits.TryGetValue(action, out var own) ? own : options.DefaultActionLimit;
}
