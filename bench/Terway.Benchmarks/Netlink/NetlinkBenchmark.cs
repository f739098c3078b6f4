using System.Diagnostics;

namespace Terway.Benchmarks.Netlink;

/// <summary>Routes added, listed and deleted: ours, iproute2's batch mode and Go's vishvananda/netlink, in turns.</summary>
internal static class NetlinkBenchmark
{
    private const int Routes = 10_000;
    private const int Rounds = 9;
    private const string GoPeer = "Go vishvananda/netlink";
    private const string IpPeer = "ip -batch";

    internal static void Run(BenchReport report)
    {
        var go = BuildGo();
        var contenders = new Dictionary<string, Func<Dictionary<string, Sample>>>(StringComparer.Ordinal)
        {
            ["ours"] = () => RouteContenders.Ours(Routes),
            ["ours, one by one"] = () => RouteContenders.OursOneByOne(Routes),
            [IpPeer] = () => RouteContenders.IpBatch(Routes),
            [GoPeer] = () => RouteContenders.Go(Routes, go),
        };
        var samples = new Dictionary<(string Contender, string Step), List<Sample>>();
        for (var round = -1; round < Rounds; round++)
        {
            foreach (var (contender, run) in contenders)
            {
                foreach (var (step, sample) in run())
                {
                    // The first round warms up and does not count.
                    if (round >= 0)
                        (samples.TryGetValue((contender, step), out var list) ? list : samples[(contender, step)] = []).Add(sample);
                }
            }
        }
        Console.WriteLine($"{Routes} routes in a fresh namespace, median of {Rounds} rounds; ip's times include its start");
        Report(report, samples.ToDictionary(entry => entry.Key, entry => Sample.Median(entry.Value)));
    }

    private static void Report(BenchReport report, Dictionary<(string Contender, string Step), Sample> medians)
    {
        foreach (var step in (string[])["add", "dump", "delete"])
            report.Add($"{step} time", medians[("ours", step)].Milliseconds, "ms", IpPeer, medians[(IpPeer, step)].Milliseconds);
        foreach (var step in (string[])["add", "dump", "delete"])
            report.Add($"{step} time", medians[("ours", step)].Milliseconds, "ms", GoPeer, medians[(GoPeer, step)].Milliseconds);
        report.Add("dump by visitor time", medians[("ours", "visit")].Milliseconds, "ms", GoPeer, medians[(GoPeer, "dump")].Milliseconds);
        foreach (var step in (string[])["add", "delete"])
            report.Add($"{step} one by one time", medians[("ours, one by one", step)].Milliseconds, "ms", GoPeer, medians[(GoPeer, step)].Milliseconds);
        foreach (var step in (string[])["add", "dump", "delete"])
            report.Add($"{step} garbage", medians[("ours", step)].Bytes / 1024, "KiB", GoPeer, medians[(GoPeer, step)].Bytes / 1024);
        report.Add("dump by visitor garbage", medians[("ours", "visit")].Bytes / 1024, "KiB", GoPeer, medians[(GoPeer, "dump")].Bytes / 1024);
    }

    private static string BuildGo()
    {
        var program = Path.Combine(Repository.Artifacts("bench"), "go-netlink");
        var source = Path.Combine(Repository.Root, "bench", "Terway.Benchmarks", "go", "netlink", "main.go");
        var start = new ProcessStartInfo("go", ["build", "-o", program, source]) { UseShellExecute = false };
        // Debian's packages of Go libraries are a GOPATH, from before modules.
        start.Environment["GO111MODULE"] = "off";
        start.Environment["GOPATH"] = "/usr/share/gocode";
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0 ? program : throw new InvalidOperationException("The Go peer does not build: is golang-github-vishvananda-netlink-dev installed?");
    }
}
