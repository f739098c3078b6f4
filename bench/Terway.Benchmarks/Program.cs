using Terway.Benchmarks;
using Terway.Benchmarks.Cni;

var benchmarks = new Dictionary<string, Action<BenchReport>>
{
    ["cni"] = CniBenchmark.Run,
};

if (args is [CniDaemon.Command, var socket, var node])
    return await CniDaemon.RunAsync(socket, node);

string[] wanted = args.Length > 0 ? args : [.. benchmarks.Keys];
foreach (string name in wanted)
{
    if (!benchmarks.TryGetValue(name, out Action<BenchReport>? benchmark))
    {
        Console.Error.WriteLine($"there is no benchmark '{name}'; there are: {string.Join(", ", benchmarks.Keys)}");
        return 2;
    }
    var report = new BenchReport(name);
    benchmark(report);
    report.Publish();
}
return 0;
