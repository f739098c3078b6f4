using System.Net;
using System.Net.Sockets;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Netlink;
using Terway.Sandbox.Machine;

namespace Terway.Sandbox.Vpc;

/// <summary>
/// The cloud of one sandbox: the emulator with the VPC in it, its APIs and its metadata service listening inside the fabric, so
/// that nodes reach them as they would in a real VPC.
/// </summary>
internal sealed class EmulatedCloud : IAsyncDisposable
{
    /// <summary>The RAM role of the nodes; the daemons sign with its credentials, which they get from the metadata service.</summary>
    private const string NodeRole = "terway-sandbox-node";

    private const int HttpPort = 80;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly CloudEmulator _emulator;
    private readonly CloudEmulatorServer _server;
    private readonly EmulatorControlServer _control;
    private readonly VpcLayout _vpc;

    private EmulatedCloud(CloudEmulator emulator, CloudEmulatorServer server, EmulatorControlServer control, VpcLayout vpc)
    {
        _emulator = emulator;
        _server = server;
        _control = control;
        _vpc = vpc;
    }

    /// <summary>All ENIs that exist now.</summary>
    public IReadOnlyList<NetworkInterface> Enis => _emulator.Interfaces;

    /// <summary>Where faults and conditions are set, on this machine's loopback and not in the fabric.</summary>
    public Uri ControlAddress => _control.BaseAddress;

    /// <summary>Asked for every call what shall go wrong with it; <c>null</c> for nothing.</summary>
    public Func<EmulatedCall, EmulatedFault?>? FaultPolicy
    {
        get => _emulator.FaultPolicy;
        set => _emulator.FaultPolicy = value;
    }

    /// <summary>The API in memory, for the sandbox's own doings.</summary>
    public IEniApi Api => _emulator.CreateEniApi();

    public static async Task<EmulatedCloud> StartAsync(SandboxSettings settings, VpcFabric fabric, CancellationToken cancellationToken)
    {
        var vpc = settings.Vpc;
        var emulator = new CloudEmulator(new CloudEmulatorOptions { RegionId = vpc.Region, Latencies = settings.Latencies, TimeProvider = settings.CloudTime, Fabric = fabric });
        emulator.AddVpc(vpc.Block, vpc.Id);
        foreach (var vSwitch in vpc.VSwitches)
            emulator.AddVSwitch(new VSwitchSpec { Id = vSwitch.Id, VpcId = vpc.Id, ZoneId = vpc.Zone, Cidr = vSwitch.Block });
        emulator.AddSecurityGroup(vpc.Id, id: vpc.SecurityGroup);
        emulator.AddRole(NodeRole);
        var options = new CloudEmulatorServerOptions { ListenHandles = [.. ListenInside(fabric, VpcLayout.MetadataAddress, VpcLayout.ApiAddress)] };
        var server = await CloudEmulatorServer.StartAsync(emulator, options, cancellationToken);
        return new EmulatedCloud(emulator, server, await EmulatorControlServer.StartAsync(emulator, cancellationToken: cancellationToken), vpc);
    }

    /// <summary>Starts an instance; its primary ENI is plugged into the fabric when this returns.</summary>
    public async Task<NetworkInterface> AddInstanceAsync(InstanceId instance, string name, InstanceTypeId type, VSwitchId vSwitch)
    {
        await _emulator.AddInstanceAsync(new InstanceSpec
        {
            Id = instance,
            Name = name,
            InstanceType = type,
            VSwitchId = vSwitch,
            SecurityGroupIds = [_vpc.SecurityGroup],
            RoleName = NodeRole,
        });
        return Enis.Single(e => e.Type == EniType.Primary && e.Attachment?.InstanceId == instance);
    }

    /// <summary>Which attached ENI owns an address now.</summary>
    public NetworkInterface? OwnerOf(IPAddress address) =>
        Enis.FirstOrDefault(e => e.Attachment is not null && (e.PrimaryIpAddress.Equals(address) || e.SecondaryIpAddresses.Contains(address)));

    /// <summary>Waits until an ENI besides its own is attached to an instance.</summary>
    public Task UntilHasEniAsync(InstanceId instance, CancellationToken cancellationToken) =>
        UntilAsync(() => Enis.Any(e => e.Type != EniType.Primary && e.Status == EniStatus.InUse && e.Attachment?.InstanceId == instance), $"an ENI of {instance}", cancellationToken);

    /// <summary>Detaches and deletes every ENI but the instances' own, through the API, as the end of a cluster does.</summary>
    public async Task DeleteEnisAsync(CancellationToken cancellationToken)
    {
        foreach (var eni in Enis.Where(e => e.Type != EniType.Primary))
        {
            if (eni.Attachment is { } attachment)
                await Api.DetachNetworkInterfaceAsync(new DetachNetworkInterfaceRequest(eni.Id, attachment.InstanceId), cancellationToken);
        }

        foreach (var eni in Enis.Where(e => e.Type != EniType.Primary))
        {
            await UntilAsync(() => Enis.Any(e => e.Id == eni.Id && e.Status == EniStatus.Available), $"{eni.Id} to be detached", cancellationToken);
            await Api.DeleteNetworkInterfaceAsync(eni.Id, cancellationToken);
        }

        await UntilAsync(() => Enis.All(e => e.Type == EniType.Primary), "ENIs to be deleted", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _control.DisposeAsync();
        await _server.DisposeAsync();
        _emulator.Dispose();
    }

    // A socket stays in the namespace it was opened in; the server owns the descriptor that it is given.
    private static ulong[] ListenInside(VpcFabric fabric, params IPAddress[] addresses)
    {
        using var network = NetworkNamespace.OpenNamed(fabric.NetworkNamespace);
        return network.Run(() => addresses.Select(address =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, HttpPort));
            var descriptor = Interop.Libc.Fcntl(socket.SafeHandle, Interop.Libc.F_DUPFD_CLOEXEC, 0);
            return descriptor >= 0 ? (ulong)descriptor : throw new SandboxException($"The socket at {address} cannot be handed over.");
        }).ToArray());
    }

    private static async Task UntilAsync(Func<bool> isTrue, string what, CancellationToken cancellationToken)
    {
        const long boundMilliseconds = 20_000;
        for (var start = Environment.TickCount64; !isTrue(); await Task.Delay(Poll, cancellationToken))
        {
            if (Environment.TickCount64 - start > boundMilliseconds)
                throw new SandboxException($"Waited {boundMilliseconds / 1000} s for {what}.");
        }
    }
}
