using System.Diagnostics;

namespace Terway.Benchmarks;

/// <summary>What one run of some work took.</summary>
/// <param name="Milliseconds">Wall-clock time.</param>
/// <param name="Bytes">Bytes allocated by the managed or Go runtime.</param>
internal readonly record struct Sample(double Milliseconds, double Bytes)
{
    /// <summary>Runs work once, on a collected heap: what an earlier step left is not this one's to clean up.</summary>
    internal static Sample Of(Action work)
    {
        GC.Collect();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        work();
        var elapsed = Stopwatch.GetElapsedTime(start);
        return new(elapsed.TotalMilliseconds, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }

    /// <summary>The median of each number.</summary>
    internal static Sample Median(IReadOnlyCollection<Sample> samples) =>
        new(Middle(samples.Select(s => s.Milliseconds)), Middle(samples.Select(s => s.Bytes)));

    private static double Middle(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return ordered.Count % 2 == 1 ? ordered[ordered.Count / 2] : (ordered[ordered.Count / 2 - 1] + ordered[ordered.Count / 2]) / 2;
    }
}
