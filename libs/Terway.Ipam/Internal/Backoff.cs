namespace Terway.Ipam.Internal;

/// <summary>How long to wait after failures in a row: doubled each time up to a bound, with a jitter of a fifth.</summary>
internal sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    private const double Jitter = 0.2;

    /// <summary>For what concerns one ENI.</summary>
    public static Backoff ForEni { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    /// <summary>For an action that the cloud throttles or fails.</summary>
    public static Backoff ForAction { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    public TimeSpan Delay(int failures, Random random)
    {
        var doubled = First * Math.Pow(2, Math.Clamp(failures - 1, 0, 16));
        var bounded = doubled < Longest ? doubled : Longest;
        return bounded * (1 - Jitter + 2 * Jitter * random.NextDouble());
    }
}
