using System.Diagnostics;

namespace Terway.Datapath.KernelTests;

/// <summary>What <c>ip monitor</c> reports of a namespace while something is done. Markers before and after make it exact without waiting.</summary>
internal static class Notifications
{
    private const string FirstMarker = "198.51.100.1";
    private const string LastMarker = "198.51.100.2";
    private static readonly string[] KernelsOwn = ["inet6 fe80:", "local fe80:", "anycast fe80:", "fe80::/64 dev", "multicast ff00::/8"];
    private static readonly string[] LearnedStates = [" STALE", " REACHABLE", " DELAY", " PROBE", " INCOMPLETE", " FAILED"];

    internal static IReadOnlyList<string> During(string netns, Action work)
    {
        var start = new ProcessStartInfo("ip", $"-n {netns} -oneline monitor link address route rule neigh") { RedirectStandardOutput = true, UseShellExecute = false };
        using var monitor = Process.Start(start)!;
        try
        {
            WaitForFirstMarker(netns, monitor);
            work();
            Mark(netns, LastMarker);
            return ReadUntil(monitor, LastMarker);
        }
        finally
        {
            monitor.Kill();
            monitor.WaitForExit();
        }
    }

    /// <summary>The monitor needs a moment to subscribe, so the first marker is repeated until it is seen.</summary>
    private static void WaitForFirstMarker(string netns, Process monitor)
    {
        var line = monitor.StandardOutput.ReadLineAsync();
        while (!line.Wait(TimeSpan.FromMilliseconds(20)))
            Mark(netns, FirstMarker);
        Mark(netns, "198.51.100.3");
        ReadUntil(monitor, "198.51.100.3");
    }

    private static void Mark(string netns, string address) =>
        Shell.IpBatch(netns, $"rule add from {address} lookup 9 pref 99", $"rule del from {address} lookup 9 pref 99");

    private static List<string> ReadUntil(Process monitor, string marker)
    {
        var lines = new List<string>();
        while (monitor.StandardOutput.ReadLine() is { } line)
        {
            if (line.Contains(marker, StringComparison.Ordinal) && line.Contains("Deleted", StringComparison.Ordinal))
                break;
            if (!line.Contains("198.51.100.", StringComparison.Ordinal) && !IsOfTheKernel(line) && !IsLearnedNeighbour(line))
                lines.Add(line);
        }
        return lines;
    }

    /// <summary>A link's own IPv6 address and its routes, which come when its carrier is noticed and when duplicate detection has ended.</summary>
    private static bool IsOfTheKernel(string line) => KernelsOwn.Any(own => line.Contains(own, StringComparison.Ordinal));

    /// <summary>What the kernel learns from packets, such as the router solicitations of the fabric, comes whenever it comes; plans have permanent neighbours only.</summary>
    private static bool IsLearnedNeighbour(string line) =>
        Array.Exists(LearnedStates, state => line.TrimEnd().EndsWith(state, StringComparison.Ordinal));
}
