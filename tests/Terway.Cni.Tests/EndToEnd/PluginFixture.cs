using System.Net;
using Terway.Cni.Daemon;
using Terway.Cni.Tests.Daemon;

namespace Terway.Cni.Tests.EndToEnd;

/// <summary>A lab, a strict daemon, and a plugin that knows both.</summary>
internal sealed class PluginFixture : IAsyncDisposable
{
    private readonly PluginHost _host;
    private int _nextAddress = 10;

    public PluginFixture(string? nativePath, bool withDaemon = true)
    {
        Folder = Directory.CreateTempSubdirectory("terway-cni-test-").FullName;
        Lab = new NodeLab();
        _host = new PluginHost(Lab, nativePath);
        Service = new FakeDaemonService { Allocator = _ => Allocation(Interlocked.Increment(ref _nextAddress)) };
        if (withDaemon)
            StartDaemon();
    }

    public string Folder { get; }

    public NodeLab Lab { get; }

    public FakeDaemonService Service { get; }

    public RunningDaemon? Daemon { get; private set; }

    public PendingReleases Pending => new(Path.Combine(Folder, "pending"));

    public IReadOnlyList<ReleaseRequest> Queued => Pending.List((path, e) => throw new InvalidOperationException(path, e));

    public string Extra { get; set; } = "";

    public string Version { get; set; } = "1.1.0";

    public bool IsDualStack { get; set; }

    private string SocketPath => Path.Combine(Folder, "eni.socket");

    public void StartDaemon() => Daemon = new RunningDaemon(Service, path: SocketPath);

    public async Task StopDaemonAsync()
    {
        if (Daemon is { } daemon)
            await daemon.DisposeAsync();
        Daemon = null;
    }

    public string Configuration(string? more = null) =>
        $$"""{"cniVersion":"{{Version}}","name":"net","type":"terway","daemon_socket":"{{SocketPath}}","pending_folder":"{{Folder}}/pending"{{Extra}}{{more}}}""";

    public static Dictionary<string, string> Environment(string command, string? netns, string containerId = "c1", string pod = "web-0")
    {
        var environment = new Dictionary<string, string>
        {
            ["CNI_COMMAND"] = command,
            ["CNI_CONTAINERID"] = containerId,
            ["CNI_IFNAME"] = "eth0",
            ["CNI_PATH"] = "/opt/cni/bin",
            ["CNI_ARGS"] = $"IgnoreUnknown=1;K8S_POD_NAMESPACE=default;K8S_POD_NAME={pod};K8S_POD_INFRA_CONTAINER_ID={containerId};K8S_POD_UID=u-1",
        };
        if (netns is not null)
            environment["CNI_NETNS"] = netns;
        return environment;
    }

    public PluginRun Run(string command, string? netns, string containerId = "c1", string pod = "web-0", string? more = null, CancellationToken cancellationToken = default) =>
        _host.Run(Environment(command, netns, containerId, pod), Configuration(more), cancellationToken);

    public PluginRun RunWith(Dictionary<string, string> environment, string? stdin = null) => _host.Run(environment, stdin ?? Configuration());

    public System.Diagnostics.Process Start(string command, string? netns, string containerId = "c1") =>
        _host.Start(Environment(command, netns, containerId), Configuration());

    public async ValueTask DisposeAsync()
    {
        await StopDaemonAsync();
        Lab.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private Allocation Allocation(int number)
    {
        var gateways = new AddressSet(IPAddress.Parse("10.0.3.253"), IPv6("2001:db8:3::fffd"));
        return new Allocation
        {
            LeaseId = $"lease-{number}",
            HostAddresses = new(IPAddress.Parse("10.0.0.10"), IPv6("2001:db8::10")),
            NetConfs =
            [
                new NetConf
                {
                    BasicInfo = new BasicInfo
                    {
                        PodIP = new(IPAddress.Parse($"10.0.3.{number}"), IPv6($"2001:db8:3::{number:x}")),
                        PodCidr = new(IPNetwork.Parse("10.0.3.0/24"), IsDualStack ? IPNetwork.Parse("2001:db8:3::/64") : null),
                        GatewayIP = gateways,
                        ServiceCidr = new(IPNetwork.Parse("172.16.0.0/16")),
                    },
                    EniInfo = new EniInfo { Mac = NodeLab.EniMac, GatewayIP = gateways },
                    DefaultRoute = true,
                },
            ],
        };
    }

    private IPAddress? IPv6(string text) => IsDualStack ? IPAddress.Parse(text) : null;
}
