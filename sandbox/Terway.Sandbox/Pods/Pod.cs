using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Terway.Netlink;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Manifests;
using Terway.Sandbox.Nodes;
using Terway.Sandbox.Probes;

namespace Terway.Sandbox.Pods;

/// <summary>
/// A running pod: a network namespace in its node, a process that holds it, the network that the node's plugins gave it, and a
/// listener behind each container port.
/// </summary>
internal sealed class Pod : IProbeEndpoint, IAsyncDisposable
{
    private readonly NetworkNamespace _network;
    private readonly CniAttachment? _attachment;
    private readonly List<EchoListener> _listeners = [];

    private Pod(PodManifest manifest, Node node, NamespaceHolder holder, CniAttachment? attachment)
    {
        Manifest = manifest;
        Node = node;
        Holder = holder;
        _attachment = attachment;
        _network = NetworkNamespace.Open(holder.NetworkNamespacePath);
    }

    public PodManifest Manifest { get; }

    public Node Node { get; }

    public NamespaceHolder Holder { get; }

    public IPAddress Address { get; private set; } = IPAddress.None;

    /// <summary>What ADD answered; <c>null</c> for a pod in its node's network.</summary>
    public JsonNode? Result { get; private set; }

    /// <summary>How long ADD took, from the start of the first plugin to the end of the last.</summary>
    public TimeSpan AddTook { get; private set; }

    /// <summary>The pod's interface towards the plugins.</summary>
    public CniAttachment Attachment => _attachment ?? throw new InvalidOperationException($"{Manifest.Name} is in its node's network.");

    public string Name => Manifest.Name.ToString();

    /// <summary>Creates the sandbox, runs ADD in it, then opens the listeners. A failure leaves nothing.</summary>
    public static async Task<Pod> CreateAsync(SandboxName sandbox, PodManifest manifest, Node node, CancellationToken cancellationToken)
    {
        var pod = await StartAsync(sandbox, manifest, node, cancellationToken);
        try
        {
            await pod.ConnectAsync(cancellationToken);
            pod._listeners.AddRange(manifest.Ports.Select(port => new EchoListener(pod, port)));
            return pod;
        }
        catch
        {
            await pod.DeleteAsync(CancellationToken.None);
            throw;
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken) => Node.Runtime.CheckAsync(Attachment, Result!, cancellationToken);

    /// <summary>DEL, then the end of the sandbox, in the order of a container runtime.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await StopListeningAsync();
        try
        {
            if (_attachment is not null)
                await Node.Runtime.DeleteAsync(_attachment, Result, cancellationToken);
        }
        finally
        {
            await DisposeAsync();
        }
    }

    public Socket Open(Func<Socket> open) => _network.Run(open);

    /// <summary>Ends the sandbox without DEL, as a crash of the node's runtime would.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopListeningAsync();
        _network.Dispose();
        if (_attachment?.NetworkNamespace is { } path)
            await Node.RunAsync(["sh", "-c", $"umount --lazy {path} 2>/dev/null; rm -f {path}"], CancellationToken.None);
        await Holder.DisposeAsync();
    }

    private static async Task<Pod> StartAsync(SandboxName sandbox, PodManifest manifest, Node node, CancellationToken cancellationToken)
    {
        if (manifest.HostNetwork)
            return new Pod(manifest, node, await NamespaceHolder.StartAsync(sandbox, node.Holder.Inside("unshare", "--uts"), "", cancellationToken), null);
        var path = $"/run/netns/cni-{Guid.NewGuid():D}";
        string[] enter = node.Holder.Inside("unshare", "--net", "--uts");
        var script = $"hostname {manifest.Name.HostName}\nip link set lo up\ntouch {path}\nmount --bind /proc/self/ns/net {path}";
        var holder = await NamespaceHolder.StartAsync(sandbox, enter, script, cancellationToken);
        var containerId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return new Pod(manifest, node, holder, new CniAttachment(containerId, path, CniAttachment.DefaultInterface, manifest.Name));
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        if (_attachment is null)
        {
            Address = Node.Address;
            return;
        }

        var start = Stopwatch.GetTimestamp();
        Result = await Node.Runtime.AddAsync(_attachment, cancellationToken);
        AddTook = Stopwatch.GetElapsedTime(start);
        Address = CniRuntime.Addresses(Result) is [var first, ..] ? first : throw new SandboxException($"ADD gave {Name} no address.") { Transcript = Result.ToJsonString() };
    }

    private async Task StopListeningAsync()
    {
        foreach (var listener in _listeners)
            await listener.DisposeAsync();
        _listeners.Clear();
    }
}
