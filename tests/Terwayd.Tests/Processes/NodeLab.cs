using System.Net;
using System.Net.Sockets;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Netlink;

namespace Terwayd.Tests.Processes;

/// <summary>
/// A node in a network namespace of its own, with the cloud's emulator listening inside and its ENIs appearing as links there:
/// each is a veth whose far end lies in another namespace. Everything goes with the lab.
/// </summary>
internal sealed class NodeLab : IVpcFabric, IAsyncDisposable
{
    private const string MacPrefixOfLab = "twd-lab-";
    private static readonly IPNetwork Subnet = IPNetwork.Parse("10.0.0.0/22");

    private readonly NetworkNamespace _node;
    private readonly NetworkNamespace _far = NetworkNamespace.Create();
    private readonly Lock _gate = new();
    private int _links;
    private CloudEmulatorServer? _server;

    private NodeLab(string name)
    {
        NamespaceName = name;
        _node = NetworkNamespace.Create(name);
        Emulator = new CloudEmulator(new CloudEmulatorOptions { Fabric = this, OnCall = c => Calls.Enqueue(c.Call.Action) });
    }

    internal string NamespaceName { get; }

    internal CloudEmulator Emulator { get; }

    internal System.Collections.Concurrent.ConcurrentQueue<string> Calls { get; } = new();

    internal Uri Endpoint => _server!.BaseAddress;

    internal static async Task<NodeLab> CreateAsync(string instanceType)
    {
        var lab = new NodeLab(MacPrefixOfLab + Guid.NewGuid().ToString("n")[..8]);
        try
        {
            await lab.BuildAsync(instanceType);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs work on the node's kernel state.</summary>
    internal T OnNode<T>(Func<RtNetlink, T> work)
    {
        using var connection = RtNetlink.Open(_node);
        return work(connection);
    }

    public ValueTask AttachedAsync(NetworkInterface eni, InstanceId instance, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var name = $"eth{_links++}";
            using var node = RtNetlink.Open(_node);
            node.Links.Add(new LinkMessage
            {
                Name = name,
                Mac = new MacAddress(eni.MacAddress.GetAddressBytes()),
                Kind = new VethKind { Peer = new LinkMessage { Name = $"p-{name}", Namespace = _far } },
            });
            if (name == "eth0")
                ConfigurePrimary(node, eni.PrimaryIpAddress!);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DetachedAsync(NetworkInterface eni, InstanceId instance, CancellationToken cancellationToken)
    {
        using var node = RtNetlink.Open(_node);
        var mac = new MacAddress(eni.MacAddress.GetAddressBytes());
        foreach (var link in node.Links.List().Where(l => l.Mac == mac))
            node.Links.TryDelete(link.Index);
        return ValueTask.CompletedTask;
    }

    public ValueTask AddressesChangedAsync(NetworkInterface eni, InstanceId instance, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        Emulator.Dispose();
        NetworkNamespace.Delete(NamespaceName);
        _node.Dispose();
        _far.Dispose();
    }

    private async Task BuildAsync(string instanceType)
    {
        using (var node = RtNetlink.Open(_node))
            node.Links.SetUp(node.Links.Get("lo").Index);
        var vpc = Emulator.AddVpc(IPNetwork.Parse("10.0.0.0/16"));
        var vSwitch = Emulator.AddVSwitch(new VSwitchSpec { VpcId = vpc, ZoneId = new ZoneId("cn-hangzhou-i"), Cidr = Subnet });
        var group = Emulator.AddSecurityGroup(vpc);
        Emulator.AddRole("terway");
        var instance = await Emulator.AddInstanceAsync(new InstanceSpec
        {
            InstanceType = new InstanceTypeId(instanceType),
            VSwitchId = vSwitch,
            SecurityGroupIds = [group],
            RoleName = "terway",
        });

        var listener = _node.Run(static () =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            socket.Listen();
            return socket;
        });
        _server = await CloudEmulatorServer.StartAsync(Emulator, new CloudEmulatorServerOptions
        {
            ListenHandles = [(ulong)listener.SafeHandle.DangerousGetHandle()],
            ResolveInstance = _ => instance,
        });
        listener.SafeHandle.SetHandleAsInvalid();
    }

    private static void ConfigurePrimary(RtNetlink node, IPAddress address)
    {
        var link = node.Links.Get("eth0").Index;
        node.Addresses.Add(link, new InterfaceAddress(address, Subnet.PrefixLength));
        node.Links.SetUp(link);
        node.Routes.Add(new RouteMessage { Gateway = IPAddress.Parse("10.0.3.253"), OutputInterface = link, Destination = new IPNetwork(IPAddress.Any, 0) });
    }
}
