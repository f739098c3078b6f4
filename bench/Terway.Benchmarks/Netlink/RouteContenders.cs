using System.Diagnostics;
using System.Text.Json;
using Terway.Netlink;

namespace Terway.Benchmarks.Netlink;

/// <summary>The ways to add, list and delete routes; each call works in a namespace of its own and gives a sample per step.</summary>
internal static class RouteContenders
{
    internal static Dictionary<string, Sample> Ours(int count)
    {
        using var host = new RouteNamespace(count);
        var filter = new RouteFilter { Family = IpFamily.IPv4, OutputInterface = host.Link };
        var batch = host.Netlink.CreateBatch();
        var counter = new Counter();
        return new(StringComparer.Ordinal)
        {
            ["add"] = Sample.Of(() => Send(batch, host.Routes, static (b, route) => b.Routes.Add(route))),
            ["dump"] = Sample.Of(() => Expect(count, host.Netlink.Routes.List(filter).Count)),
            ["visit"] = Sample.Of(() =>
            {
                host.Netlink.Routes.Visit(ref counter, filter);
                Expect(count, counter.Count);
            }),
            ["delete"] = Sample.Of(() => Send(batch, host.Routes, static (b, route) => b.Routes.Delete(route))),
        };
    }

    internal static Dictionary<string, Sample> OursOneByOne(int count)
    {
        using var host = new RouteNamespace(count);
        return new(StringComparer.Ordinal)
        {
            ["add"] = Sample.Of(() =>
            {
                foreach (var route in host.Routes)
                    host.Netlink.Routes.Add(route);
            }),
            ["delete"] = Sample.Of(() =>
            {
                foreach (var route in host.Routes)
                    host.Netlink.Routes.Delete(route);
            }),
        };
    }

    internal static Dictionary<string, Sample> IpBatch(int count)
    {
        using var host = new RouteNamespace(count);
        var folder = Repository.Artifacts("bench");
        foreach (var verb in (string[])["add", "del"])
            File.WriteAllText(Path.Combine(folder, $"routes-{verb}.batch"), RouteNamespace.BatchLines(count, verb));
        return new(StringComparer.Ordinal)
        {
            ["add"] = Sample.Of(() => Run(host.Namespace, "ip", "-batch", Path.Combine(folder, "routes-add.batch"))),
            ["dump"] = Sample.Of(() => Expect(count, Run(host.Namespace, "ip", "route", "show", "dev", "v0").AsSpan().Count('\n'))),
            ["delete"] = Sample.Of(() => Run(host.Namespace, "ip", "-batch", Path.Combine(folder, "routes-del.batch"))),
        };
    }

    internal static Dictionary<string, Sample> Go(int count, string program)
    {
        using var host = new RouteNamespace(count);
        var steps = JsonDocument.Parse(Run(host.Namespace, program, count.ToString())).RootElement;
        return steps.EnumerateArray().ToDictionary(
            step => step.GetProperty("name").GetString()!,
            step => new Sample(step.GetProperty("ms").GetDouble(), step.GetProperty("bytes").GetDouble()),
            StringComparer.Ordinal);
    }

    private static void Send(NetlinkBatch batch, IReadOnlyList<RouteMessage> routes, Action<NetlinkBatch, RouteMessage> gather)
    {
        foreach (var route in routes)
            gather(batch, route);
        batch.Execute().ThrowIfFailed();
    }

    private static void Expect(int expected, int actual)
    {
        if (expected != actual)
            throw new InvalidOperationException($"{actual} routes instead of {expected}.");
    }

    private static string Run(NetworkNamespace target, string program, params string[] arguments) => target.Run(() =>
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    });

    private struct Counter : IRouteVisitor
    {
        internal int Count { get; private set; }

        public void Begin() => Count = 0;

        public void Visit(RouteView route)
        {
            if (route.DestinationLength == 24 && !route.Destination.IsEmpty)
                Count++;
        }
    }
}
