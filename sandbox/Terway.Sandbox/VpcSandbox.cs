using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Terway.Cloud;
using Terway.Policy.Manifests;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Manifests;
using Terway.Sandbox.Nodes;
using Terway.Sandbox.Pods;
using Terway.Sandbox.Probes;
using Terway.Sandbox.Vpc;

namespace Terway.Sandbox;

/// <summary>A VPC with its cloud, its nodes and their pods, on this machine. Disposing it leaves nothing.</summary>
internal sealed class VpcSandbox : IProbeDirectory, IAsyncDisposable
{
    private const int PodsAtOnce = 4;

    private readonly SandboxSettings _settings;
    private readonly List<Node> _nodes = [];
    private readonly ConcurrentDictionary<PodName, Pod> _pods = [];
    private readonly ClusterObjects _objects = new();
    private Node? _vpcHost;
    private EmulatedCloud? _cloud;
    private int _disposed;

    private VpcSandbox(SandboxName name, SandboxSettings settings)
    {
        Name = name;
        _settings = settings;
        Fabric = new VpcFabric(name);
    }

    public SandboxName Name { get; }

    public VpcFabric Fabric { get; }

    public EmulatedCloud Cloud => _cloud ?? throw new InvalidOperationException("The cloud is not up.");

    /// <summary>The nodes in the order of their names.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>A host in the VPC that is no node.</summary>
    public Node VpcHost => _vpcHost ?? throw new InvalidOperationException("The VPC is not up.");

    /// <summary>The pods in the order of their names.</summary>
    public IReadOnlyList<Pod> Pods => [.. _pods.Values.OrderBy(p => p.Name, StringComparer.Ordinal)];

    /// <summary>Builds everything up to nodes that serve. <paramref name="said"/> hears what is being done.</summary>
    public static async Task<VpcSandbox> StartAsync(SandboxName name, SandboxSettings settings, Action<string> said, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            throw new SandboxException("The sandbox makes network namespaces: run it as root.");
        if (Leftovers.Find(name) is { IsEmpty: false } left)
            throw new SandboxException($"A sandbox '{name}' is here already: {left}.");
        var sandbox = new VpcSandbox(name, settings);
        try
        {
            await sandbox.BuildAsync(said, cancellationToken);
            return sandbox;
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives the nodes the objects that are no pods, and running pods' new labels; done when every node goes by them.</summary>
    public async Task GovernAsync(ManifestContent content, CancellationToken cancellationToken)
    {
        _objects.SetOthers(content.Others);
        foreach (var pod in content.Pods)
            _objects.Reword(pod);
        await UntilInForceAsync(cancellationToken);
    }

    /// <summary>
    /// Starts pods, a few at a time, each on the node that it names or on the one with the fewest pods; done when every node knows
    /// their addresses.
    /// </summary>
    public async Task CreatePodsAsync(IReadOnlyList<PodManifest> manifests, CancellationToken cancellationToken)
    {
        var placed = Place(manifests);
        foreach (var (manifest, node) in placed)
            _objects.SetPod(manifest, node.Name, address: null);
        await UntilInForceAsync(cancellationToken);
        var options = new ParallelOptions { MaxDegreeOfParallelism = PodsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(placed, options, async (p, token) =>
        {
            var pod = await Pod.CreateAsync(Name, p.Manifest, p.Node, token);
            _pods[p.Manifest.Name] = pod;
            _objects.SetPod(p.Manifest, p.Node.Name, pod.Address);
        });
        await UntilInForceAsync(cancellationToken);
    }

    public async Task DeletePodAsync(PodName name, CancellationToken cancellationToken)
    {
        var pod = FindPod(name);
        _pods.TryRemove(name, out _);
        await pod.DeleteAsync(cancellationToken);
        _objects.RemovePod(name);
        _objects.Publish(_nodes);
    }

    public async Task DeletePodsAsync(IEnumerable<PodName> names, CancellationToken cancellationToken) =>
        await Parallel.ForEachAsync(names.ToArray(), new ParallelOptions { MaxDegreeOfParallelism = PodsAtOnce, CancellationToken = cancellationToken }, async (name, token) => await DeletePodAsync(name, token));

    public Task<IReadOnlyList<ProbeResult>> ProbeAsync(IReadOnlyList<Probe> probes, TimeSpan patience, CancellationToken cancellationToken) =>
        new ProbeRunner(this, patience).RunAsync(probes, cancellationToken);

    public Pod FindPod(PodName name) => _pods.TryGetValue(name, out var pod)
        ? pod
        : throw new SandboxException($"There is no pod {name}; there are: {string.Join(", ", Pods.Select(p => p.Name))}.");

    public Node FindNode(string name) => _nodes.Find(n => n.Name == name)
        ?? throw new SandboxException($"There is no node {name}; there are: {string.Join(", ", _nodes.Select(n => n.Name))}.");

    public IProbeEndpoint Source(string from) => from switch
    {
        ProbeNames.VpcHost => VpcHost,
        _ when from.StartsWith(ProbeNames.NodePrefix, StringComparison.Ordinal) => FindNode(from[ProbeNames.NodePrefix.Length..]),
        _ => FindPod(PodName.Parse(from)),
    };

    public IPAddress Target(string to) => IPAddress.TryParse(to, out var address) ? address : Source(to) switch
    {
        Pod pod => pod.Address,
        Node node => node.Address,
        var other => throw new SandboxException($"'{other.Name}' has no address."),
    };

    public int Port(string to, ProbeProtocol protocol, ProbePort port)
    {
        if (port.Name is not { } name)
            return port.Number;
        var named = IPAddress.TryParse(to, out var address) ? _pods.Values.FirstOrDefault(p => p.Address.Equals(address)) : Source(to) as Pod;
        return named?.Manifest.NamedPorts.FirstOrDefault(p => p.Name == name && p.Protocol == protocol.ToString()) is { Number: > 0 } found
            ? found.Number
            : throw new SandboxException($"'{name}' is not a {protocol} port of '{to}'.");
    }

    /// <summary>The namespaces that a name in probes and <c>exec</c> stands for.</summary>
    public NamespaceHolder HolderOf(string name) => Source(name) switch
    {
        Pod pod => pod.Holder,
        Node node => node.Holder,
        var other => throw new SandboxException($"'{other.Name}' holds no namespaces."),
    };

    /// <summary>Each pod with where its address lives, as the cloud sees it.</summary>
    public IReadOnlyList<PodRow> DescribePods() => [.. Pods.Select(p => PodRow.Of(p, Cloud.OwnerOf(p.Address)))];

    /// <summary>The addresses that the nodes' daemons hold for pods, by their own account.</summary>
    public async Task<IReadOnlySet<IPAddress>> HeldAsync(CancellationToken cancellationToken)
    {
        var held = new HashSet<IPAddress>();
        foreach (var node in _nodes)
            held.UnionWith(DaemonAccount.Held(await node.Daemon!.ShowAsync("pods", "json", cancellationToken)));
        return held;
    }

    /// <summary>The addresses of the nodes' ENIs, by their daemons' account.</summary>
    public async Task<IReadOnlyList<AddressAccount>> AccountAsync(CancellationToken cancellationToken)
    {
        var account = new List<AddressAccount>();
        foreach (var node in _nodes)
            account.AddRange(DaemonAccount.Addresses(await node.Daemon!.ShowAsync("enis", "json", cancellationToken)));
        return account;
    }

    /// <summary>
    /// Waits, for a bounded time, until each node's pool has an address ready, so that the next pod's need not be made first.
    /// Whether it has is the answer.
    /// </summary>
    public async Task<bool> UntilPoolsAreReadyAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < patience; await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken))
        {
            var ready = 0;
            foreach (var node in _nodes)
                ready += DaemonAccount.Addresses(await node.Daemon!.ShowAsync("enis", "json", cancellationToken)).Any(a => a.IsReady) ? 1 : 0;
            if (ready == _nodes.Count)
                return true;
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        foreach (var pod in Pods)
            await pod.DisposeAsync();
        _pods.Clear();
        foreach (var node in _nodes)
            await node.DisposeAsync();
        if (_vpcHost is not null)
            await _vpcHost.DisposeAsync();
        if (_cloud is not null)
            await _cloud.DisposeAsync();
        Fabric.Dispose();
        await Leftovers.SweepAsync(Name, CancellationToken.None);
    }

    private async Task BuildAsync(Action<string> said, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Name.LogFolder);
        var vpc = _settings.Vpc;
        said($"VPC {vpc.Block} with vSwitches {string.Join(" and ", vpc.VSwitches.Select(v => v.Block))}");
        await Fabric.CreateAsync([VpcLayout.MetadataAddress, VpcLayout.ApiAddress, .. vpc.VSwitches.Select(v => v.Gateway)], cancellationToken);
        said($"cloud: ECS and VPC API at http://{VpcLayout.ApiAddress}, metadata at http://{VpcLayout.MetadataAddress}");
        _cloud = await EmulatedCloud.StartAsync(_settings, Fabric, cancellationToken);
        await File.WriteAllTextAsync(Name.CloudControlFile, _cloud.ControlAddress.AbsoluteUri.TrimEnd('/') + '\n', cancellationToken);
        _vpcHost = await StartInstanceAsync(ProbeNames.VpcHost, vpc.VSwitches[0], cancellationToken);
        var nodes = await Task.WhenAll(_settings.Nodes.Select(async (name, i) =>
        {
            var node = await StartInstanceAsync(name, vpc.VSwitches[i % vpc.VSwitches.Count], cancellationToken);
            said($"{name}: instance {node.Instance} ({_settings.Node.InstanceType}) at {node.Address}");
            return node;
        }));
        _nodes.AddRange(nodes);
        if (_settings.Programs is { } programs)
            await StartDaemonsAsync(programs, said, cancellationToken);
    }

    private async Task StartDaemonsAsync(NodePrograms programs, Action<string> said, CancellationToken cancellationToken)
    {
        if (!_settings.OneNodeAfterAnother)
        {
            await Task.WhenAll(_nodes.Select(n => StartDaemonAsync(n, programs, said, cancellationToken)));
            return;
        }

        foreach (var node in _nodes)
        {
            await StartDaemonAsync(node, programs, said, cancellationToken);
            await Cloud.UntilHasEniAsync(node.Instance, cancellationToken);
        }
    }

    private async Task<Node> StartInstanceAsync(string name, VSwitchLayout at, CancellationToken cancellationToken)
    {
        var instance = new InstanceId($"i-bp1sandbox-{name}");
        var node = await Node.CreateAsync(Name, name, instance, cancellationToken);
        try
        {
            Fabric.Connect(instance, Node.NetworkNamespaceOf(Name, name));
            var primary = await Cloud.AddInstanceAsync(instance, name, new InstanceTypeId(_settings.Node.InstanceType), at.Id);
            await node.ConfigurePrimaryAsync(primary, Fabric.LinkOf(primary.Id)!, at.Block, at.Gateway, cancellationToken);
            await Fabric.UntilUpAsync(primary.Id, cancellationToken);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    private async Task StartDaemonAsync(Node node, NodePrograms programs, Action<string> said, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(node.Holder.PathInside("/etc/eni/eni_conf"), _settings.Node.EniConf(_settings.Vpc), cancellationToken);
        if (_settings.Node.CniConf is { } conf)
            await File.WriteAllTextAsync(node.Holder.PathInside("/etc/eni/10-terway.conf"), conf, cancellationToken);
        if (_settings.Node.StateDiskSize is { } size)
        {
            Directory.CreateDirectory(node.Holder.PathInside(NodeSettings.StateFolder));
            (await node.RunAsync(["mount", "-t", "tmpfs", "-o", $"size={size}", "store", NodeSettings.StateFolder], cancellationToken)).Checked();
        }

        File.Copy(programs.Plugin, node.Holder.PathInside($"{CniRuntime.PluginFolder}/terway"), overwrite: true);
        Directory.CreateDirectory(node.Holder.PathInside(Node.ProgramFolder));
        File.CreateSymbolicLink(node.Holder.PathInside($"{Node.ProgramFolder}/terwayd"), programs.Daemon);
        _objects.Publish([node]);
        node.Daemon = new TerwaydProcess(Name, node.Holder, programs.Daemon, node.Name, _settings.Node.NetworkPolicy ? ClusterObjects.Folder : null);
        await node.Daemon.StartAsync(cancellationToken);
        said($"{node.Name}: terwayd serves");
    }

    private async Task UntilInForceAsync(CancellationToken cancellationToken)
    {
        var turn = _objects.Publish(_nodes);
        foreach (var daemon in _nodes.Select(n => n.Daemon).OfType<TerwaydProcess>())
            await daemon.UntilInForceAsync(_objects, turn, cancellationToken);
    }

    private List<(PodManifest Manifest, Node Node)> Place(IReadOnlyList<PodManifest> manifests)
    {
        if (manifests.FirstOrDefault(m => _pods.ContainsKey(m.Name)) is { } running)
            throw new SandboxException($"Pod {running.Name} is running already.");
        var load = _nodes.ToDictionary(n => n.Name, n => _pods.Values.Count(p => p.Node == n), StringComparer.Ordinal);
        return [.. PodPlacement.Place(manifests, m => m.NodeName, load).Select(p => (p.Pod, FindNode(p.Node)))];
    }
}
