using Terway.Benchmarks.Datapath;
using Terway.Benchmarks.Netlink;

var benchmarks = new Dictionary<string, Func<TextWriter, int>>(StringComparer.Ordinal)
{
    ["datapath"] = _ => DatapathBenchmark.Run(),
    ["netlink"] = NetlinkBenchmark.Run,
};

var names = args.Length == 0 ? [.. benchmarks.Keys] : args;
foreach (var name in names)
{
    if (!benchmarks.ContainsKey(name))
    {
        Console.Error.WriteLine($"There is no benchmark '{name}'. There are: {string.Join(", ", benchmarks.Keys)}.");
        return 2;
    }
}
return names.Max(name => benchmarks[name](Console.Out));
