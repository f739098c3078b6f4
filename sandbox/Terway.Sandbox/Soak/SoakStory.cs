using System.Diagnostics;
using System.Globalization;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Nodes;
using Terway.Sandbox.Pods;
using Terway.Sandbox.Probes;
using Terway.Sandbox.Show;
using Terway.Sandbox.Story;

namespace Terway.Sandbox.Soak;

/// <summary>
/// Works a node with native programs and real packets: pods come and go at full speed while the daemon is killed, the cloud fails and
/// the disk under the store fills up; afterwards everything must be in order, and nothing left.
/// </summary>
internal sealed class SoakStory(SandboxConsole console, NodePrograms programs, SoakSettings settings)
{
    private const int Port = 8080;
    private const int Survivors = 5;

    /// <summary>What a daemon's memory may grow by while nothing but its work goes on: a collection's worth.</summary>
    private const double GrowthInKilobytes = 4096;

    /// <summary>Descriptors come and go with requests.</summary>
    private const double GrowthInDescriptors = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TimeWithoutDisk = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenSamples = TimeSpan.FromSeconds(0.5);

    private readonly Checklist _checks = new(console);

    /// <summary>Tells the story; the exit code is 0 when every check passed.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var name = SandboxName.Unique("soak");
        var node = new NodeSettings
        {
            InstanceType = "ecs.g7.xlarge",
            AddressRest = TimeSpan.FromSeconds(2),
            MaxPoolSize = 10,
            StateDiskSize = settings.DiskSize,
            CniConf = """{"cniVersion": "1.1.0", "type": "terway"}""",
        };
        var sandboxSettings = new SandboxSettings { Nodes = ["node-1"], Programs = programs, Node = node };
        await using (var sandbox = await VpcSandbox.StartAsync(name, sandboxSettings, _ => { }, cancellationToken))
            await TellAsync(sandbox, cancellationToken);
        _checks.Check($"the machine is as it was: {Leftovers.Find(name)} of the sandbox is left", Leftovers.Find(name).IsEmpty);
        console.Say($"{_checks.Passed} passed, {_checks.Failed} failed");
        return _checks.Failed == 0 ? 0 : 1;
    }

    private async Task TellAsync(VpcSandbox sandbox, CancellationToken cancellationToken)
    {
        var node = sandbox.Nodes[0];
        var churn = new PodChurn(sandbox, node, Port, new Random(settings.Seed));
        await BeforeFireAsync(churn, cancellationToken);
        await UnderFireAsync(sandbox, node, churn, cancellationToken);
        await InPeaceAsync(node, churn, cancellationToken);
        _checks.Check($"no address was held by two pods{string.Concat(churn.Collisions.Select(c => $"; {c}"))}", churn.Collisions.IsEmpty);
        await TalkAsync(sandbox, churn, cancellationToken);
        await TidyAsync(sandbox, node, churn, cancellationToken);
    }

    private async Task BeforeFireAsync(PodChurn churn, CancellationToken cancellationToken)
    {
        if (settings.BeforeFire == TimeSpan.Zero)
            return;
        console.Chapter($"Before the fire, for {settings.BeforeFire.TotalSeconds:0} s: a new node learns what it has");
        var clock = Stopwatch.StartNew();
        await churn.RunAsync(settings.Workers, () => !cancellationToken.IsCancellationRequested && clock.Elapsed < settings.BeforeFire);
        console.Say($"{churn.Lived} pods had an address, {churn.Refused} ADDs were refused");
    }

    private async Task UnderFireAsync(VpcSandbox sandbox, Node node, PodChurn churn, CancellationToken cancellationToken)
    {
        console.Chapter($"Under fire for {settings.UnderFire.TotalSeconds:0} s: pods come and go, the daemon is killed, the cloud fails, the disk fills up");
        var faults = new RandomFaults(settings.Seed)
        {
            Throttle = 0.04,
            InternalError = 0.04,
            Delay = 0.05,
            MaxDelay = TimeSpan.FromSeconds(1),
            LoseReply = settings.LosesAnswers ? 0.02 : 0,
            LoseRequest = settings.LosesAnswers ? 0.01 : 0,
        };
        sandbox.Cloud.FaultPolicy = faults.Decide;
        int lived = churn.Lived, refused = churn.Refused;
        var killer = new DaemonKiller(node.Daemon!, new Random(settings.Seed + 1));
        var clock = Stopwatch.StartNew();
        var hasFilled = false;
        bool GoesOn() => !cancellationToken.IsCancellationRequested && (clock.Elapsed < settings.UnderFire || killer.Kills < settings.Kills || !hasFilled);
        var working = Task.WhenAll(churn.RunAsync(settings.Workers, GoesOn), killer.RunAsync(GoesOn));
        await Task.Delay(settings.UnderFire / 3, cancellationToken);
        using (FullDisk.Fill(node.Holder.PathInside(NodeSettings.StateFolder)))
            await Task.Delay(TimeWithoutDisk, cancellationToken);
        hasFilled = true;
        await working;
        sandbox.Cloud.FaultPolicy = null;
        console.Say($"{churn.Lived - lived} pods had an address, {churn.Refused - refused} ADDs were refused, {churn.Unanswered} DELs failed; {killer.Kills} kills, {killer.FailedStarts} starts failed");
        _checks.Check($"the daemon was killed at least {settings.Kills} times", killer.Kills >= settings.Kills);
        _checks.Check("pods were started all the same", churn.Lived > lived);
    }

    private async Task InPeaceAsync(Node node, PodChurn churn, CancellationToken cancellationToken)
    {
        console.Chapter($"In peace for {settings.InPeace.TotalSeconds:0} s: one daemon, whose memory and descriptors are watched");
        var clock = Stopwatch.StartNew();
        int before = churn.Lived, refused = churn.Refused;
        bool GoesOn() => !cancellationToken.IsCancellationRequested && clock.Elapsed < settings.InPeace;
        var samples = new ProcessSamples();
        await Task.WhenAll(churn.RunAsync(settings.Workers, GoesOn), samples.WatchAsync(node.Daemon!.ProcessId!.Value, BetweenSamples, GoesOn));
        console.Say(string.Create(CultureInfo.InvariantCulture,
            $"{churn.Lived - before} pods, {churn.Refused - refused} ADDs refused; {samples.Kilobytes / 1024:0.0} MiB resident, {samples.MemorySlope:+0;-0} KiB a minute; {samples.Descriptors:0} descriptors, {samples.DescriptorSlope:+0.0;-0.0} a minute"));
        _checks.Check("the daemon's memory does not grow", samples.MemoryGrowth < GrowthInKilobytes);
        _checks.Check("its descriptors do not grow", samples.DescriptorGrowth < GrowthInDescriptors);
    }

    private async Task TalkAsync(VpcSandbox sandbox, PodChurn churn, CancellationToken cancellationToken)
    {
        console.Chapter("The pods that live talk, and their addresses are theirs");
        for (var clock = Stopwatch.StartNew(); sandbox.Pods.Count < Survivors && clock.Elapsed < Patience; await Task.Delay(Poll, cancellationToken))
            await churn.TryStartAsync();
        var pods = sandbox.Pods;
        Probe[] probes =
        [
            .. pods.Select(p => new Probe { From = ProbeNames.VpcHost, To = p.Name, Protocol = ProbeProtocol.TCP, Port = Port }),
            .. pods.Select(p => new Probe { From = p.Name, To = pods[0].Name, Protocol = ProbeProtocol.TCP, Port = Port }),
        ];
        var results = await sandbox.ProbeAsync(probes, ProbeRunner.DefaultPatience, cancellationToken);
        _checks.Check($"{pods.Count} pods answer the VPC and each other{string.Concat(results.Where(r => r.Verdict != Verdict.Allow).Select(r => $"; {r.From} to {r.To}: {r.Reason}"))}",
            pods.Count == Survivors && results.All(r => r.Verdict == Verdict.Allow));
        _checks.Check("each address belongs to an ENI of their node", pods.All(p => sandbox.Cloud.OwnerOf(p.Address)?.Attachment?.InstanceId == p.Node.Instance));
    }

    /// <summary>All pods go, the runtime says so, and the daemon starts once more: then nothing may be left of any of them.</summary>
    private async Task TidyAsync(VpcSandbox sandbox, Node node, PodChurn churn, CancellationToken cancellationToken)
    {
        console.Chapter("All pods go, and nothing is left of them");
        foreach (var pod in sandbox.Pods)
            await churn.EndAsync(pod);
        await node.Daemon!.StopAsync(cancellationToken);
        await node.Daemon.StartAsync(cancellationToken);
        await node.Runtime.CollectGarbageAsync([], cancellationToken);
        var remains = await UntilAsync(async () => await NodeRemains.ReadAsync(node, cancellationToken), r => r.IsEmpty, cancellationToken);
        _checks.Check($"the kernel has no pod's link, route or rule{remains}", remains.IsEmpty);
        var held = await UntilAsync(() => sandbox.HeldAsync(cancellationToken), h => h.Count == 0, cancellationToken);
        _checks.Check($"the store holds no address for a pod{string.Concat(held.Select(a => $"; {a}"))}", held.Count == 0);
        var pending = Directory.Exists(node.Holder.PathInside(NodeSettings.SpoolFolder)) ? Directory.GetFiles(node.Holder.PathInside(NodeSettings.SpoolFolder)).Length : 0;
        _checks.Check("no DEL waits for the daemon", pending == 0);
        var difference = await UntilAsync(() => DifferenceAsync(sandbox, node, cancellationToken), d => d.Length == 0, cancellationToken);
        _checks.Check($"the cloud has the ENIs and addresses that the daemon knows, and no others{difference}", difference.Length == 0);
    }

    /// <summary>What only one of the cloud and the daemon knows; empty when they agree.</summary>
    private static async Task<string> DifferenceAsync(VpcSandbox sandbox, Node node, CancellationToken cancellationToken)
    {
        var own = sandbox.Cloud.Enis.Where(e => e.Type != EniType.Primary);
        var cloud = own.SelectMany(e => e.SecondaryIpAddresses.Append(e.PrimaryIpAddress)).ToHashSet();
        var daemon = DaemonAccount.Addresses(await node.Daemon!.ShowAsync("enis", "json", cancellationToken)).Select(a => a.Address).ToHashSet();
        var onlyCloud = cloud.Except(daemon).ToList();
        var onlyDaemon = daemon.Except(cloud).ToList();
        return (onlyCloud.Count == 0 ? "" : $"; only the cloud: {string.Join(", ", onlyCloud)}") + (onlyDaemon.Count == 0 ? "" : $"; only the daemon: {string.Join(", ", onlyDaemon)}");
    }

    /// <summary>Looks again and again, for a bounded time; the last look is the answer.</summary>
    private static async Task<T> UntilAsync<T>(Func<Task<T>> look, Predicate<T> isDone, CancellationToken cancellationToken)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(Poll, cancellationToken))
        {
            var seen = await look();
            if (isDone(seen) || clock.Elapsed > Patience)
                return seen;
        }
    }
}
