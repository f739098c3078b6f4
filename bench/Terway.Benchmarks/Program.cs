using Terway.Benchmarks;
using Terway.Benchmarks.CloudCalls;
using Terway.Benchmarks.Cni;
using Terway.Benchmarks.Datapath;
using Terway.Benchmarks.Ipam;
using Terway.Benchmarks.Netlink;
using Terway.Benchmarks.Policy;

var benchmarks = new Dictionary<string, Action<BenchReport>>(StringComparer.Ordinal)
{
    ["cloudcalls"] = CloudCallsBenchmark.Run,
    ["cni"] = CniBenchmark.Run,
    ["datapath"] = DatapathBenchmark.Run,
    ["ipam"] = IpamBenchmark.Run,
    ["netlink"] = NetlinkBenchmark.Run,
    ["policy"] = PolicyBenchmark.Run,
};

if (args is [CniDaemon.Command, var socket, var node])
    return await CniDaemon.RunAsync(socket, node);

var wanted = args.Length > 0 ? args : [.. benchmarks.Keys];
if (wanted.FirstOrDefault(name => !benchmarks.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"there is no benchmark '{unknown}'; there are: {string.Join(", ", benchmarks.Keys)}");
    return 2;
}
foreach (var name in wanted)
{
    var report = new BenchReport(name);
    benchmarks[name](report);
    report.Publish(Console.Out);
}
return 0;
