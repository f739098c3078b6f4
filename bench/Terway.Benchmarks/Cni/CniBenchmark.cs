using Terway.Sandbox.Nodes;

namespace Terway.Benchmarks.Cni;

/// <summary>
/// Whole processes: terway-cni against Debian's ptp with host-local (Go), ADD and DEL, each in a fresh namespace, interleaved in one run,
/// one at a time and sixteen at once.
/// </summary>
internal static class CniBenchmark
{
    private const int WarmUps = 5;
    private const int SerialRounds = 60;
    private const int Parallel = 16;
    private const int ParallelRounds = 6;
    private const string Plugins = "/usr/lib/cni";
    private static readonly string[] Commands = ["ADD", "DEL"];

    public static void Run(BenchReport report)
    {
        string native = Path.GetFullPath(Path.Combine("artifacts", "bin", "terway-cni"));
        using var node = new CniBenchmarkNode();
        var terway = new Contender("terway", native, Terway(node), node.Folder);
        var ptp = new Contender("ptp", $"{Plugins}/ptp", Ptp(node), node.Folder);

        Serial(node, terway, ptp, WarmUps, "warm-up");
        TimeSpan daemonBefore = node.DaemonCpu;
        Serial(node, terway, ptp, SerialRounds, "serial");
        TimeSpan daemon = node.DaemonCpu - daemonBefore;
        for (int round = 0; round < ParallelRounds; round++)
            AtOnce(node, round % 2 == 0 ? [terway, ptp] : [ptp, terway]);

        foreach (string metric in new[] { "ADD serial", "DEL serial", $"ADD {Parallel} at once", $"DEL {Parallel} at once" })
        {
            report.Add(new BenchRow($"{metric}, wall", terway.MedianWall(metric), "ms", "ptp+host-local", ptp.MedianWall(metric)));
            report.Add(new BenchRow($"{metric}, CPU", terway.MedianCpu(metric), "ms", "ptp+host-local", ptp.MedianCpu(metric)));
        }
        report.Add(new BenchRow("the benchmark's daemon (no ledger), CPU per ADD and DEL", Math.Round(daemon.TotalMilliseconds / SerialRounds, 3), "ms"));
        report.Add(new BenchRow("terway-cni, size", Megabytes(native), "MB", "ptp+host-local", Megabytes($"{Plugins}/ptp") + Megabytes($"{Plugins}/host-local")));
        var programs = NodePrograms.Find(Path.GetDirectoryName(native));
        report.Add(new BenchRow("terwayd, size", Megabytes(programs.Daemon), "MB"));
        foreach (bool networkPolicy in new[] { false, true })
        {
            double resident = Task.Run(() => DaemonMemory.MeasureAsync(programs, networkPolicy)).GetAwaiter().GetResult();
            report.Add(new BenchRow($"terwayd with {DaemonMemory.Pods} pods{(networkPolicy ? " and policy" : "")}, resident", Math.Round(resident, 1), "MiB"));
        }
    }

    private static void Serial(CniBenchmarkNode node, Contender terway, Contender ptp, int rounds, string kind)
    {
        string[] pods = [.. Enumerable.Range(0, rounds * 2).Select(_ => node.CreatePod())];
        node.Namespace.Run(() =>
        {
            for (int round = 0; round < rounds; round++)
            {
                (Contender, string)[] turns = [(terway, pods[round * 2]), (ptp, pods[(round * 2) + 1])];
                if (round % 2 == 1)
                    Array.Reverse(turns);
                foreach (string command in Commands)
                    foreach ((Contender contender, string pod) in turns)
                        contender.Record($"{command} {kind}", contender.Run(command, pod));
            }
        });
    }

    private static void AtOnce(CniBenchmarkNode node, Contender[] contenders)
    {
        foreach (Contender contender in contenders)
        {
            string[] pods = [.. Enumerable.Range(0, Parallel).Select(_ => node.CreatePod())];
            foreach (string command in Commands)
                RunTogether(node, pods, pod => contender.Record($"{command} {Parallel} at once", contender.Run(command, pod)));
        }
    }

    private static void RunTogether(CniBenchmarkNode node, string[] pods, Action<string> run)
    {
        using var start = new Barrier(pods.Length);
        Task[] runs = [.. pods.Select(pod => Task.Factory.StartNew(
            () => node.Namespace.Run(() =>
            {
                start.SignalAndWait();
                run(pod);
            }),
            TaskCreationOptions.LongRunning))];
        Task.WaitAll(runs);
    }

    private static string Terway(CniBenchmarkNode node) =>
        $$"""{"cniVersion":"1.0.0","name":"terway","type":"terway-cni","daemon_socket":"{{node.SocketPath}}","pending_folder":"{{node.Folder}}/pending"}""";

    private static string Ptp(CniBenchmarkNode node) =>
        $$"""{"cniVersion":"1.0.0","name":"ptp","type":"ptp","ipMasq":false,"ipam":{"type":"host-local","dataDir":"{{node.Folder}}/host-local","subnet":"10.9.0.0/16"} }""";

    private static double Megabytes(string path) => Math.Round(new FileInfo(path).Length / 1e6, 2);
}
