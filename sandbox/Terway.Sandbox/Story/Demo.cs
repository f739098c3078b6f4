using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Manifests;
using Terway.Sandbox.Nodes;
using Terway.Sandbox.Pods;
using Terway.Sandbox.Probes;
using Terway.Sandbox.Show;
using Terway.Sandbox.Vpc;

namespace Terway.Sandbox.Story;

/// <summary>The life of pods on two nodes of a VPC, told and checked from the first packet to the last link.</summary>
internal sealed class Demo(SandboxConsole console, NodePrograms programs)
{
    private const int Port = 8080;
    private const string PodNamespace = "demo";

    private static readonly NodeSettings Settings = new()
    {
        // One ENI for pods, six addresses on it: small enough that the rest of released addresses shows.
        InstanceType = "ecs.g6.large",
        MinPoolSize = 3,
        MaxPoolSize = 6,
        AddressRest = TimeSpan.FromSeconds(5),
        // The story shows that the VPC itself catches a pod that lies.
        NetworkPolicy = false,
    };

    private readonly Checklist _checks = new(console);

    /// <summary>Tells the story; the exit code is 0 when every check passed.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var name = SandboxName.Unique("demo");
        console.Chapter("A VPC on this machine");
        var settings = new SandboxSettings { Programs = programs, Node = Settings, OneNodeAfterAnother = true };
        try
        {
            await using var sandbox = await console.WhileAsync("Building the VPC, the cloud and two nodes", said => VpcSandbox.StartAsync(name, settings, said, cancellationToken));
            await TellAsync(sandbox, cancellationToken);
        }
        // Whatever ends the story early is one of the things that failed, and the count is told all the same.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            console.Failure(e.Message);
            _checks.Check("the story could be told to its end", false);
        }

        _checks.Check($"the machine is as it was: {Leftovers.Find(name)} of the sandbox is left", Leftovers.Find(name).IsEmpty);
        console.Say($"The story took {clock.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s.");
        console.Say("");
        console.Say($"{_checks.Passed} passed, {_checks.Failed} failed");
        return _checks.Failed == 0 ? 0 : 1;
    }

    private async Task TellAsync(VpcSandbox sandbox, CancellationToken cancellationToken)
    {
        await BirthAsync(sandbox, cancellationToken);
        await TalkAsync(sandbox, cancellationToken);
        await LieAsync(sandbox, cancellationToken);
        await new Turnover(console, _checks, sandbox, Settings.AddressRest).TellAsync(PodOn, cancellationToken);
        await TalkAsync(sandbox, cancellationToken);
        await CrashAsync(sandbox, cancellationToken);
        await new Farewell(console, _checks, sandbox).TellAsync(cancellationToken);
    }

    private static PodManifest PodOn(string name, string node) => new(new PodName(PodNamespace, name), node, [Port], HostNetwork: false);

    private async Task BirthAsync(VpcSandbox sandbox, CancellationToken cancellationToken)
    {
        console.Chapter("Pods are born: terway-cni ADD, as a container runtime calls it");
        _checks.Check("each node's pool has made addresses ahead of demand", await sandbox.UntilPoolsAreReadyAsync(TimeSpan.FromSeconds(30), cancellationToken));
        PodManifest[] pods = [.. sandbox.Nodes.SelectMany((node, n) => Enumerable.Range(1, 3).Select(i => PodOn($"{(char)('a' + n)}{i}", node.Name)))];
        await sandbox.CreatePodsAsync(pods, cancellationToken);
        var rows = sandbox.DescribePods();
        console.Table(PodRow.Columns, [.. rows.Select(r => r.Cells())]);
        var took = sandbox.Pods.Select(p => p.AddTook.TotalMilliseconds).Order().ToArray();
        console.Say($"An ADD took {took[took.Length / 2].ToString("0", CultureInfo.InvariantCulture)} ms at the median, {took[^1].ToString("0", CultureInfo.InvariantCulture)} ms at most, from the start of the plugin to its end.");
        _checks.Check($"{rows.Count} pods have {rows.Select(r => r.Address).Distinct(StringComparer.Ordinal).Count()} different VPC addresses", rows.Select(r => r.Address).Distinct(StringComparer.Ordinal).Count() == pods.Length);
        _checks.Check("each address belongs to an ENI that is attached to the pod's own node", OnOwnNode(sandbox));
        foreach (var pod in sandbox.Pods)
            await pod.CheckAsync(cancellationToken);
        _checks.Check("CNI CHECK finds no difference in any of them", true);
    }

    private static bool OnOwnNode(VpcSandbox sandbox) =>
        sandbox.Pods.All(p => sandbox.Cloud.OwnerOf(p.Address)?.Attachment?.InstanceId == p.Node.Instance);

    private async Task TalkAsync(VpcSandbox sandbox, CancellationToken cancellationToken)
    {
        console.Chapter("Everybody asks everybody: TCP, UDP and ICMP, real packets (slowest answer in ms)");
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pod in sandbox.Pods)
            names[pod.Name] = pod.Manifest.Name.Name;
        foreach (var node in sandbox.Nodes)
            names[$"node/{node.Name}"] = node.Name;
        names["vpc"] = "vpc";
        var probes = names.Keys.SelectMany(from => names.Keys.Where(to => to != from).SelectMany(to => Ask(sandbox, from, to))).ToArray();
        var results = await sandbox.ProbeAsync(probes, ProbeRunner.DefaultPatience, cancellationToken);
        ProbeTables.Matrix(console, [.. results.Select(r => r with { From = names[r.From], To = names[r.To] })]);
        var allowed = results.Count(r => r.Verdict == Verdict.Allow);
        _checks.Count(allowed, results.Count - allowed);
        console.Checked($"{allowed} of {results.Count} probes were answered", allowed == results.Count);
        foreach (var denied in results.Where(r => r.Verdict == Verdict.Deny).Take(5))
            console.Say($"  {denied.From} to {denied.To}, {denied.Protocol}: {denied.Reason}");
    }

    private static IEnumerable<Probe> Ask(VpcSandbox sandbox, string from, string to)
    {
        yield return new Probe { From = from, To = to, Protocol = ProbeProtocol.ICMP };
        if (sandbox.Source(to) is not Pod)
            yield break;
        yield return new Probe { From = from, To = to, Protocol = ProbeProtocol.TCP, Port = Port };
        yield return new Probe { From = from, To = to, Protocol = ProbeProtocol.UDP, Port = Port };
    }

    private async Task LieAsync(VpcSandbox sandbox, CancellationToken cancellationToken)
    {
        console.Chapter("A pod lies about its address");
        const int lies = 3;
        var (liar, victim) = (sandbox.Pods[0], sandbox.Pods[^1]);
        (await liar.Holder.RunAsync(["ip", "address", "add", $"{victim.Address}/32", "dev", "lo"], cancellationToken)).Checked();
        using (var socket = liar.Open(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)))
        {
            socket.Bind(new IPEndPoint(victim.Address, 0));
            for (var i = 0; i < lies; i++)
                await socket.SendToAsync(new byte[8], new IPEndPoint(sandbox.VpcHost.Address, Port), cancellationToken);
        }

        (await liar.Holder.RunAsync(["ip", "address", "delete", $"{victim.Address}/32", "dev", "lo"], cancellationToken)).Checked();
        var dropped = await sandbox.Fabric.UntilSpoofedAsync(lies, cancellationToken);
        console.Say($"{liar.Name} sends {lies} datagrams with the address of {victim.Name}, {victim.Address}; the VPC's counters:");
        console.Table(["left through", "source MAC", "source address", "packets dropped"], [.. dropped.Select(d => new[] { d.Eni?.Value ?? "-", d.Mac, d.Source.ToString(), d.Packets.ToString(CultureInfo.InvariantCulture) })]);
        _checks.Check("exactly the lies were dropped and counted", dropped is [var only] && only.Source.Equals(victim.Address) && only.Packets == lies);
    }

    private async Task CrashAsync(VpcSandbox sandbox, CancellationToken cancellationToken)
    {
        console.Chapter("A daemon crashes under traffic");
        var (from, to) = (sandbox.Pods[0], sandbox.Pods[^1]);
        await using var stream = await PacketStream.StartAsync(from, new IPEndPoint(to.Address, Port), TimeSpan.FromMilliseconds(5), cancellationToken);
        await Task.Delay(200, cancellationToken);
        var clock = Stopwatch.StartNew();
        await from.Node.Daemon!.KillAsync();
        await from.Node.Daemon.StartAsync(cancellationToken);
        var away = clock.Elapsed;
        await Task.Delay(200, cancellationToken);
        var (sent, lost) = await stream.StopAsync();
        console.Say($"terwayd on {from.Node.Name} got kill -9, started again and served after {away.TotalMilliseconds:0} ms.");
        _checks.Check($"{lost.Count} of {sent} datagrams between {from.Name} and {to.Name} were lost meanwhile", lost.Count == 0);
    }
}
