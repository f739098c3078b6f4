using System.Diagnostics;
using Terway.Cni;
using Terway.Cni.Daemon;
using Terwayd.CommandLine;
using Terwayd.Hosting;
using Terwayd.Show;

namespace Terwayd.Tests.Hosting;

/// <summary>
/// A daemon in this process on a real socket, with the cloud in memory and a node that only remembers. It can be stopped and started
/// again over the same folders; the folders outlive it until the harness is disposed.
/// </summary>
internal sealed class DaemonHarness : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();
    private readonly FakeVpc _vpc;
    private CancellationTokenSource _stop = new();
    private TimeProvider _time = TimeProvider.System;

    private DaemonHarness(FakeVpc vpc) => _vpc = vpc;

    internal FakeVpc Vpc => _vpc;

    internal FakeNodeNetwork Network { get; private set; } = new();

    internal FakePolicyBackend Policy { get; } = new();

    /// <summary>Sets up the node as the next daemon will find it.</summary>
    internal Action<FakeNodeNetwork> BeforeStart { get; set; } = _ => { };

    internal LogLines Log { get; private set; } = new();

    internal Task<int> Running { get; private set; } = Task.FromResult(0);

    internal DaemonArguments Arguments { get; private set; } = new();

    internal PendingReleases Spool => new(Arguments.SpoolDirectory);

    /// <summary>A harness whose daemon has not been started.</summary>
    internal static async Task<DaemonHarness> CreateAsync(string eniConf = """{"max_pool_size": 5, "service_cidr": "172.16.0.0/16"}""", FakeVpc? vpc = null)
    {
        var harness = new DaemonHarness(vpc ?? await FakeVpc.CreateAsync());
        harness.Arguments = new DaemonArguments
        {
            ConfigPath = harness["eni_conf"],
            SocketPath = harness["run/eni.socket"],
            LockPath = harness["run/terwayd.lock"],
            StateDirectory = harness["state"],
            CniConfDirectory = harness["net.d"],
            LogLevel = Microsoft.Extensions.Logging.LogLevel.Debug,
        };
        await File.WriteAllTextAsync(harness.Arguments.ConfigPath, eniConf);
        return harness;
    }

    /// <summary>A harness whose daemon has published its conflist.</summary>
    internal static async Task<DaemonHarness> StartAsync(string eniConf = """{"max_pool_size": 5, "service_cidr": "172.16.0.0/16"}""")
    {
        var harness = await CreateAsync(eniConf);
        await harness.StartDaemonAsync();
        return harness;
    }

    internal string this[string name] => _folder[name];

    internal void ChangeArguments(Func<DaemonArguments, DaemonArguments> change) => Arguments = change(Arguments);

    internal async Task StartDaemonAsync(TimeProvider? time = null)
    {
        Run(time);
        var published = Log.WaitForAsync("event=1005");
        var first = await Task.WhenAny(published, Running).WaitAsync(Patience);
        if (first == Running)
            throw new InvalidOperationException($"The daemon ended: {string.Join('\n', Log.All)}");
    }

    /// <summary>Runs the daemon and returns its exit code, for daemons that cannot start.</summary>
    internal Task<int> RunToEndAsync(TimeProvider? time = null)
    {
        Run(time);
        return Running.WaitAsync(Patience);
    }

    internal async Task<int> StopDaemonAsync()
    {
        await _stop.CancelAsync();
        // A daemon on a clock of the test's waits for its running calls on that clock.
        if (_time is FakeTimeProvider time)
            await time.AdvanceUntilAsync(TimeSpan.FromSeconds(1), Running);
        return await Running.WaitAsync(Patience);
    }

    /// <summary>As a new process would: nothing is left but the folders, the kernel and the cloud.</summary>
    internal async Task RestartAsync()
    {
        await StopDaemonAsync();
        await StartDaemonAsync();
    }

    internal DaemonClient Client(string requestId = "r-1") =>
        new(new DaemonClientOptions { SocketPath = Arguments.SocketPath, RequestId = requestId, Deadline = Patience });

    internal Allocation Allocate(string pod, string? containerId = null, string network = "terway", string requestId = "r-1")
    {
        using var client = Client(requestId);
        return client.Allocate(new AllocateRequest
        {
            Network = network,
            Attachment = AttachmentOf(pod, containerId),
            Pod = PodOf(pod),
            NetNs = $"/run/netns/{pod}",
        });
    }

    /// <summary>Waits, as the plugin does, while the daemon itself works on the pod: what it logs of that comes before its end.</summary>
    internal Allocation? Inspect(string pod, string? containerId = null)
    {
        using var client = Client();
        for (var clock = Stopwatch.StartNew(); ; Thread.Sleep(1))
        {
            try
            {
                return client.Inspect(new InspectRequest { Network = "terway", Attachment = AttachmentOf(pod, containerId), Pod = PodOf(pod) });
            }
            catch (DaemonException e) when (e.Code == ErrorCode.PodIsProcessing && clock.Elapsed < Patience)
            {
                // Not yet.
            }
        }
    }

    internal void Release(string pod, string? containerId = null, bool deferredLinks = false, string requestId = "r-1")
    {
        using var client = Client(requestId);
        client.Release(ReleaseOf(pod, containerId) with { DeferredLinks = deferredLinks });
    }

    internal (int ExitCode, string Output, string Errors) Show(ShowSubject? subject, ShowOutput form, string? name = null)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = new ShowCommand(output, errors).Run(new ShowArguments(subject, form, Arguments.SocketPath, name), CancellationToken.None);
        return (exitCode, output.ToString(), errors.ToString());
    }

    internal static Attachment AttachmentOf(string pod, string? containerId = null) => new(containerId ?? $"sandbox-{pod}", "eth0");

    internal static ReleaseRequest ReleaseOf(string pod, string? containerId = null) => new()
    {
        Network = "terway",
        Attachment = AttachmentOf(pod, containerId),
        Pod = PodOf(pod),
        Reason = "del",
    };

    public async ValueTask DisposeAsync()
    {
        await StopDaemonAsync();
        _stop.Dispose();
        _vpc.Dispose();
        await Log.DisposeAsync();
        _folder.Dispose();
    }

    private void Run(TimeProvider? time = null)
    {
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        _time = time ?? TimeProvider.System;
        Log = new LogLines();
        Network = new FakeNodeNetwork { Gate = Network.Gate };
        BeforeStart(Network);
        var seams = new DaemonSeams
        {
            Cloud = _vpc.Emulator.CreateEniApi(),
            Metadata = _vpc.Emulator.CreateInstanceMetadata(_vpc.Instance),
            Network = Network,
            OpenPolicy = () => Policy,
        };
        var host = new TerwaydHost(Arguments, new TerwaydEnvironment { NodeName = "node-1" }, Log, _time, seams);
        Running = host.RunAsync(_stop.Token);
    }

    private static PodIdentity PodOf(string pod) => new("default", pod, $"uid-{pod}");
}
