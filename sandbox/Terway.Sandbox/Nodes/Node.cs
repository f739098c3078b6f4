using System.Net;
using System.Net.Sockets;
using Terway.Cloud;
using Terway.Netlink;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Pods;
using Terway.Sandbox.Probes;

namespace Terway.Sandbox.Nodes;

/// <summary>
/// An instance of the simulated cloud: network, mount and UTS namespaces of its own, with private <c>/run</c>, <c>/etc</c>,
/// <c>/var</c> and <c>/opt</c>, and the primary ENI configured as an image's DHCP client would.
/// </summary>
internal sealed class Node : IProbeEndpoint, IAsyncDisposable
{
    /// <summary>Folder of the node's own programs, so that <c>terwayd show</c> is found there by its name.</summary>
    public const string ProgramFolder = "/opt/terway/bin";

    private readonly SandboxName _sandbox;
    private readonly NetworkNamespace _network;

    private Node(SandboxName sandbox, string name, InstanceId instance, NamespaceHolder holder, NetworkNamespace network)
    {
        _sandbox = sandbox;
        Name = name;
        Instance = instance;
        Holder = holder;
        _network = network;
        Runtime = new CniRuntime(sandbox, holder);
    }

    public string Name { get; }

    public InstanceId Instance { get; }

    /// <summary>The primary address, once <see cref="ConfigurePrimaryAsync"/> is through.</summary>
    public IPAddress Address { get; private set; } = IPAddress.None;

    public NamespaceHolder Holder { get; }

    /// <summary>The node's container runtime, as far as networks go.</summary>
    public CniRuntime Runtime { get; }

    /// <summary>The node's daemon; <c>null</c> on an instance that is no Kubernetes node.</summary>
    public TerwaydProcess? Daemon { get; set; }

    public static string NetworkNamespaceOf(SandboxName sandbox, string name) => sandbox.Namespace($"node.{name}");

    public static async Task<Node> CreateAsync(SandboxName sandbox, string name, InstanceId instance, CancellationToken cancellationToken)
    {
        var network = NetworkNamespaceOf(sandbox, name);
        (await HostCommand.RunAsync(sandbox, ["ip", "netns", "add", network], cancellationToken)).Checked();
        string[] enter = ["nsenter", $"--net=/run/netns/{network}", "--", "unshare", "--mount", "--uts", "--propagation", "private"];
        var holder = await NamespaceHolder.StartAsync(sandbox, enter, NodeScript.Prepare(name), cancellationToken);
        return new Node(sandbox, name, instance, holder, NetworkNamespace.Open(holder.NetworkNamespacePath));
    }

    /// <summary>Gives the primary link its address and default route.</summary>
    public async Task ConfigurePrimaryAsync(NetworkInterface eni, string link, IPNetwork block, IPAddress gateway, CancellationToken cancellationToken)
    {
        var script = NodeScript.ConfigurePrimary(link, eni.PrimaryIpAddress, block.PrefixLength, gateway);
        (await HostCommand.RunAsync(_sandbox, Holder.Inside("sh"), script, [], cancellationToken)).Checked();
        Address = eni.PrimaryIpAddress;
    }

    public Task<CommandResult> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) => Holder.RunAsync(command, cancellationToken);

    public Socket Open(Func<Socket> open) => _network.Run(open);

    public async ValueTask DisposeAsync()
    {
        if (Daemon is { } daemon)
            await daemon.DisposeAsync();
        _network.Dispose();
        await Holder.DisposeAsync();
    }
}
