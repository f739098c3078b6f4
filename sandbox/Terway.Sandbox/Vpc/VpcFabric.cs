using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Nodes;

namespace Terway.Sandbox.Vpc;

/// <summary>
/// The VPC's wires on one machine: a network namespace in which every attached ENI has a port. The port is routed, not
/// bridged: each address of the ENI is a host route to it, the fabric answers ARP for all that it can route, and what enters
/// a port with a source that is not bound to it is dropped and counted.
/// <code>
///   node-1 netns              fabric netns                node-2 netns
///   eth0 ────────────── port1 ┐          ┌ port3 ────────────── eth0
///   eth1 (ENI) ──────── port2 ┤ routes,  ├ port4 ──────── eth1 (ENI)
///   vpc host  eth0 ──── port5 ┘ filter   └ lo: gateways, metadata, API
/// </code>
/// </summary>
internal sealed class VpcFabric(SandboxName name) : IVpcFabric, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<InstanceId, FabricHost> _hosts = [];
    private readonly Dictionary<EniId, FabricPort> _ports = [];
    private readonly ConcurrentDictionary<string, EniId> _history = new(StringComparer.Ordinal);

    public string NetworkNamespace { get; } = name.Namespace("fabric");

    /// <summary>Makes the namespace, with the addresses that the VPC itself answers for.</summary>
    public async Task CreateAsync(IEnumerable<IPAddress> served, CancellationToken cancellationToken)
    {
        (await HostCommand.RunAsync(name, ["ip", "netns", "add", NetworkNamespace], cancellationToken)).Checked();
        await RunAsync(FabricScript.Create(served), cancellationToken);
    }

    /// <summary>Says which network namespace stands for an instance. Its ENIs can be attached from then on.</summary>
    public void Connect(InstanceId instance, string networkNamespace)
    {
        lock (_hosts)
            _hosts.Add(instance, new FabricHost(instance, networkNamespace));
    }

    public ValueTask AttachedAsync(NetworkInterface eni, InstanceId instance, CancellationToken cancellationToken) => ExclusiveAsync(async () =>
    {
        if (_ports.ContainsKey(eni.Id))
            return;
        var host = HostOf(instance);
        var port = new FabricPort(eni.Id, $"port{_history.Count + 1}", host.NextLink(), host, eni.MacAddress);
        port.Addresses.UnionWith(AddressesOf(eni));
        await RunAsync(FabricScript.Plug(port), cancellationToken);
        host.Links.Add(port.Link);
        _ports.Add(eni.Id, port);
        _history[port.Port] = eni.Id;
    }, cancellationToken);

    public ValueTask DetachedAsync(NetworkInterface eni, InstanceId instance, CancellationToken cancellationToken) => ExclusiveAsync(async () =>
    {
        if (!_ports.Remove(eni.Id, out var port))
            return;
        port.Host.Links.Remove(port.Link);
        await RunAsync(FabricScript.Unplug(port), cancellationToken);
    }, cancellationToken);

    public ValueTask AddressesChangedAsync(NetworkInterface eni, InstanceId instance, CancellationToken cancellationToken) => ExclusiveAsync(async () =>
    {
        if (!_ports.TryGetValue(eni.Id, out var port))
            return;
        var wanted = AddressesOf(eni).ToHashSet();
        var gone = port.Addresses.Except(wanted).ToArray();
        var added = wanted.Except(port.Addresses).ToArray();
        await RunAsync($"{FabricScript.Unbind(port, gone)}\n{FabricScript.Bind(port, added)}", cancellationToken);
        port.Addresses.ExceptWith(gone);
        port.Addresses.UnionWith(added);
    }, cancellationToken);

    /// <summary>The name of the link by which an attached ENI shows in its instance.</summary>
    public string? LinkOf(EniId eni) => PortOf(eni)?.Link;

    public async Task<IReadOnlyList<SpoofedPackets>> SpoofedAsync(CancellationToken cancellationToken)
    {
        var listed = await HostCommand.RunAsync(name, Inside("nft", "--json", "list", "set", "inet", "vpc", "offenders"), cancellationToken);
        return SpoofedPackets.Read(listed.Checked().Output, port => _history.TryGetValue(port, out var eni) ? eni : null);
    }

    /// <summary>Waits until an ENI's port can send; see <see cref="NodeScript.UntilUp"/>.</summary>
    public Task UntilUpAsync(EniId eni, CancellationToken cancellationToken) => RunAsync(NodeScript.UntilUp(PortOf(eni)!.Port), cancellationToken);

    /// <summary>
    /// Looks until so many packets have been dropped, for a few seconds: a packet that was sent may still wait for its next
    /// hop's MAC address. What is counted then is the answer.
    /// </summary>
    public async Task<IReadOnlyList<SpoofedPackets>> UntilSpoofedAsync(long packets, CancellationToken cancellationToken)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken))
        {
            var dropped = await SpoofedAsync(cancellationToken);
            if (dropped.Sum(d => d.Packets) >= packets || clock.Elapsed > Patience)
                return dropped;
        }
    }

    public void Dispose() => _one.Dispose();

    private FabricPort? PortOf(EniId eni)
    {
        _one.Wait();
        try
        {
            return _ports.GetValueOrDefault(eni);
        }
        finally
        {
            _one.Release();
        }
    }

    private static IEnumerable<IPAddress> AddressesOf(NetworkInterface eni) => eni.SecondaryIpAddresses.Prepend(eni.PrimaryIpAddress);

    private FabricHost HostOf(InstanceId instance)
    {
        lock (_hosts)
        {
            return _hosts.TryGetValue(instance, out var host)
                ? host
                : throw new SandboxException($"Instance {instance} has no network namespace in the fabric: call Connect first.");
        }
    }

    private async ValueTask ExclusiveAsync(Func<Task> change, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await change();
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task RunAsync(string script, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(script))
            return;
        var done = await HostCommand.RunAsync(name, Inside("sh"), $"set -e\n{script}\n", [], cancellationToken);
        if (done.ExitCode != 0)
            throw new SandboxException("The fabric could not be changed.") { Transcript = $"{script}\n{done.Error}".Trim() };
    }

    private string[] Inside(params IReadOnlyList<string> command) => ["nsenter", $"--net=/run/netns/{NetworkNamespace}", "--", .. command];
}
