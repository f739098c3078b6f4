using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Terway.Cni.Daemon;
using Terway.Datapath;
using Terway.Netlink;

namespace Terway.Benchmarks.Cni;

/// <summary>
/// The daemon's part in a process of its own: it prepares the node and its ENI with terwayd's plans, hands out addresses from memory and deletes
/// retired links, so that its cost can be told apart. What terwayd does besides is to write each lease into its ledger.
/// </summary>
internal sealed class CniDaemon : IDaemonService
{
    public const string Command = "cni-daemon";
    private static readonly IPAddress Gateway = IPAddress.Parse("10.8.255.253");
    private readonly ConcurrentDictionary<string, Allocation> _held = new();
    private readonly LinkReaper _reaper;
    private int _next = 256;

    private CniDaemon(LinkReaper reaper) => _reaper = reaper;

    public static async Task<int> RunAsync(string socketPath, string nodeName)
    {
        using NetworkNamespace node = NetworkNamespace.OpenNamed(nodeName);
        using RtNetlink netlink = RtNetlink.Open(node);
        Prepare(node);
        using Socket listener = DaemonListener.Bind(socketPath);
        using var stop = new CancellationTokenSource();
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        var reaper = new LinkReaper(netlink, TimeProvider.System);
        Task reaping = reaper.RunAsync(e => Console.Error.WriteLine(e.Message), stop.Token);
        await new DaemonServer(listener, new CniDaemon(reaper)).RunAsync(stop.Token);
        await reaping.ContinueWith(_ => { }, TaskScheduler.Default);
        return 0;
    }

    public Task<Allocation> AllocateAsync(RequestOrigin origin, AllocateRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(_held.GetOrAdd(request.Attachment.ContainerId, _ => Allocate()));

    public Task ReleaseAsync(RequestOrigin origin, ReleaseRequest request, CancellationToken cancellationToken)
    {
        _held.TryRemove(request.Attachment.ContainerId, out _);
        if (request.DeferredLinks)
            _reaper.Request();
        return Task.CompletedTask;
    }

    public Task<Allocation?> InspectAsync(RequestOrigin origin, InspectRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(_held.GetValueOrDefault(request.Attachment.ContainerId));

    public Task<CollectReply> CollectAsync(RequestOrigin origin, CollectRequest request, CancellationToken cancellationToken) =>
        throw new DaemonException(ErrorCode.InvalidRequest, "the benchmark collects nothing");

    public Task StatusAsync(RequestOrigin origin, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string> ShowAsync(RequestOrigin origin, ShowRequest request, CancellationToken cancellationToken) => Task.FromResult("{}");

    /// <summary>As terwayd does before its first answer.</summary>
    private static void Prepare(NetworkNamespace node)
    {
        using PlanTarget target = PlanTarget.Open(node, pod: null);
        NodeFacts facts = NodeFactsReader.Read(target);
        EniLink eni = EniLinkFinder.Find(target.Node, MacAddress.Parse(CniBenchmarkNode.EniMac))
            ?? throw new InvalidOperationException("the benchmark's node has no ENI");
        var applier = new PlanApplier(target);
        applier.Apply(NodePlanner.PlanNode(facts));
        applier.Apply(NodePlanner.PlanEni(new EniNetwork(eni) { Gateway4 = Gateway, Mtu = PodNetworkRequest.DefaultMtu }, facts));
    }

    private Allocation Allocate()
    {
        int number = Interlocked.Increment(ref _next);
        return new Allocation
        {
            LeaseId = $"lease-{number}",
            HostAddresses = new(CniBenchmarkNode.Address),
            EniReady = true,
            NetConfs =
            [
                new NetConf
                {
                    BasicInfo = new BasicInfo
                    {
                        PodIP = new(new IPAddress([10, 8, (byte)(number >> 8), (byte)number])),
                        PodCidr = new(IPNetwork.Parse("10.8.0.0/16")),
                        GatewayIP = new(Gateway),
                        ServiceCidr = new(IPNetwork.Parse("172.16.0.0/16")),
                    },
                    EniInfo = new EniInfo { Mac = CniBenchmarkNode.EniMac, GatewayIP = new(Gateway) },
                    DefaultRoute = true,
                },
            ],
        };
    }
}
