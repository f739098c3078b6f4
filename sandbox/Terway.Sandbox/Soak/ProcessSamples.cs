using System.Diagnostics;
using System.Globalization;

namespace Terway.Sandbox.Soak;

/// <summary>A process's memory and descriptors over time, and by how much they grow.</summary>
internal sealed class ProcessSamples
{
    private readonly List<(double Minute, double Kilobytes, double Descriptors)> _samples = [];

    public int Count => _samples.Count;

    /// <summary>Resident memory at the last look, in KiB.</summary>
    public double Kilobytes => _samples[^1].Kilobytes;

    /// <summary>Open descriptors at the last look.</summary>
    public double Descriptors => _samples[^1].Descriptors;

    /// <summary>KiB a minute: the slope of the line that fits the second half of the samples best; the first half is warming up.</summary>
    public double MemorySlope => Slope(s => s.Kilobytes);

    /// <summary>Descriptors a minute, likewise.</summary>
    public double DescriptorSlope => Slope(s => s.Descriptors);

    /// <summary>By how much memory grew over the second half, in KiB, by that line.</summary>
    public double MemoryGrowth => MemorySlope * Span;

    /// <summary>By how much descriptors grew, likewise.</summary>
    public double DescriptorGrowth => DescriptorSlope * Span;

    private double Span => Second.Count == 0 ? 0 : Second[^1].Minute - Second[0].Minute;

    private List<(double Minute, double Kilobytes, double Descriptors)> Second => _samples[(_samples.Count / 2)..];

    /// <summary>Looks at a process until told otherwise, or until it ends.</summary>
    public async Task WatchAsync(int processId, TimeSpan interval, Func<bool> goesOn)
    {
        for (var clock = Stopwatch.StartNew(); goesOn() && TryRead(processId) is var (memory, descriptors); await Task.Delay(interval))
            Add(clock.Elapsed, memory, descriptors);
    }

    internal void Add(TimeSpan at, double kilobytes, double descriptors) => _samples.Add((at.TotalMinutes, kilobytes, descriptors));

    private static (double Kilobytes, double Descriptors)? TryRead(int processId)
    {
        try
        {
            var line = File.ReadLines($"/proc/{processId}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            var kilobytes = double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
            return (kilobytes, Directory.EnumerateFileSystemEntries($"/proc/{processId}/fd").Count());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }

    private double Slope(Func<(double Minute, double Kilobytes, double Descriptors), double> value)
    {
        var samples = Second;
        if (samples.Count < 2)
            return 0;
        double meanTime = samples.Average(s => s.Minute), mean = samples.Average(value);
        var spread = samples.Sum(s => Math.Pow(s.Minute - meanTime, 2));
        return spread == 0 ? 0 : samples.Sum(s => (s.Minute - meanTime) * (value(s) - mean)) / spread;
    }
}
