using System.Net;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Ipam;
using Terway.Ipam.States;

namespace Terway.Simulation;

/// <summary>The cloud of a story: an instance, and one to three vSwitches of different sizes.</summary>
internal sealed class SimulatedVpc : IDisposable
{
    /// <summary>The first address of a vSwitch and its last three are the cloud's own.</summary>
    private const int ReservedAddresses = 4;

    private static readonly ZoneId Zone = new("cn-hangzhou-k");

    private readonly StorySettings _settings;
    private readonly StoryWorld _world;
    private readonly NodeShape _shape;
    private readonly SecurityGroupId _group;
    private readonly Dictionary<VSwitchId, int> _sizes = [];

    internal SimulatedVpc(StorySettings settings, StoryWorld world)
    {
        _settings = settings;
        _world = world;
        _shape = new NodeShape(settings.Seed);
        Cloud = new CloudEmulator(new CloudEmulatorOptions
        {
            Seed = settings.Seed,
            TimeProvider = world.Time,
            Latencies = EmulatorLatencies.Realistic,
            Fabric = world.Kernel,
            OnCall = Called,
        });
        Id = Cloud.AddVpc(IPNetwork.Parse("10.0.0.0/16"));
        _group = Cloud.AddSecurityGroup(Id);
        foreach (var prefix in _shape.VSwitchPrefixes)
        {
            var id = Cloud.AddVSwitch(new VSwitchSpec
            {
                VpcId = Id,
                ZoneId = Zone,
                Cidr = IPNetwork.Parse($"10.0.{_sizes.Count}.0/{prefix}"),
                Ipv6Cidr = _shape.IsDual ? IPNetwork.Parse($"2408:4005:0:{_sizes.Count}::/64") : null,
            });
            _sizes.Add(id, (1 << (32 - prefix)) - ReservedAddresses);
        }

        Limits = InstanceTypeCatalog.Types[new InstanceTypeId(_shape.InstanceType)];
        Cloud.FaultPolicy = world.Weather.Decide;
    }

    internal CloudEmulator Cloud { get; }

    internal VpcId Id { get; }

    internal InstanceId Instance { get; private set; }

    internal InstanceTypeLimits Limits { get; }

    internal IEnumerable<VSwitchId> VSwitches => _sizes.Keys;

    /// <summary>Calls that were answered, or would have been.</summary>
    internal long Calls { get; private set; }

    /// <summary>Addresses that pods can have at once, as far as the instance type goes.</summary>
    internal int Capacity => (Limits.EniQuantity - 1) * Limits.Ipv4PerEni;

    /// <summary>Every ENI that was created for the node.</summary>
    internal List<NetworkInterface> Own =>
        [.. Cloud.Interfaces.Where(eni => eni.Tags.Any(tag => tag.Key == "terway-instance" && tag.Value == Instance.Value))];

    internal async Task AddInstanceAsync() => Instance = await Cloud.AddInstanceAsync(
        new InstanceSpec { InstanceType = Limits.InstanceType, VSwitchId = VSwitches.First(), SecurityGroupIds = [_group] }).ConfigureAwait(false);

    /// <summary>The low mark, or less where the limits of ENIs and vSwitches leave less.</summary>
    internal int ReachableIdle(int minIdle, PoolSnapshot pool)
    {
        var attached = Own.Where(eni => eni.Attachment is not null).ToList();
        var free = _sizes.Keys.ToDictionary(id => id, FreeAddresses);
        var usable = pool.Enis.Where(eni => eni.State == EniState.InUse).Select(eni => eni.Id).ToHashSet();
        var reachable = attached.Where(eni => usable.Contains(eni.Id)).Sum(eni => Math.Min(free[eni.VSwitchId], Room(eni)));
        if (attached.Count < Limits.EniQuantity - 1)
            reachable += free.Values.Max();
        return Math.Min(minIdle, reachable + pool.Enis.Sum(eni => _shape.IdleOf(eni)));
    }

    /// <summary>The ENIs of the node are never more than the pool may have, nor their addresses.</summary>
    internal void CheckLimits()
    {
        var attached = 0;
        foreach (var eni in Own)
        {
            if (eni.Attachment is null)
                continue;
            attached++;
            if (eni.SecondaryIpAddresses.Count + 1 > Limits.Ipv4PerEni)
                _world.Violations.Add("limit of addresses", $"{eni.Id} has {eni.SecondaryIpAddresses.Count + 1} addresses, more than {Limits.Ipv4PerEni}");
            if (eni.Ipv6Addresses.Count > Limits.Ipv6PerEni)
                _world.Violations.Add("limit of addresses", $"{eni.Id} has {eni.Ipv6Addresses.Count} IPv6 addresses, more than {Limits.Ipv6PerEni}");
        }

        if (attached > Limits.EniQuantity - 1)
            _world.Violations.Add("limit of ENIs", $"{attached} ENIs are attached, more than {Limits.EniQuantity - 1}");
    }

    public void Dispose() => Cloud.Dispose();

    private int Room(NetworkInterface eni)
    {
        var room = Limits.Ipv4PerEni - eni.SecondaryIpAddresses.Count - 1;
        return _shape.IsDual ? Math.Min(room, Limits.Ipv6PerEni - eni.Ipv6Addresses.Count) : room;
    }

    private int FreeAddresses(VSwitchId id) =>
        _sizes[id] - Cloud.Interfaces.Where(eni => eni.VSwitchId == id).Sum(eni => eni.SecondaryIpAddresses.Count + 1);

    private void Called(EmulatedCallRecord call)
    {
        Calls++;
        if (_world.Log.IsKept)
            _world.Log.Note($"{call.Call.Action} {call.ErrorCode}{(call.ReplyLost ? " (no answer)" : "")} {About(call.Call.Request)}");
        if (_settings.Faults.IsCalm && call.ErrorCode is "EniPerInstanceLimitExceeded" or "InvalidOperation.Ipv4CountExceeded" or "InvalidOperation.Ipv6CountExceeded" or "MaxEniIpv6IpsCountExceeded" or "Throttling.User")
            _world.Violations.Add("asked for more than a limit", $"{call.Call.Action} exceeded a limit that the pool knows: {call.ErrorCode}");
    }

    private static string About(object request) => request switch
    {
        AttachNetworkInterfaceRequest attach => attach.EniId.Value,
        DetachNetworkInterfaceRequest detach => detach.EniId.Value,
        AssignPrivateIpAddressesRequest assign => $"{assign.EniId} {assign.Count}",
        UnassignPrivateIpAddressesRequest unassign => $"{unassign.EniId} {unassign.Addresses}",
        AssignIpv6AddressesRequest assign => $"{assign.EniId} {assign.Count}",
        UnassignIpv6AddressesRequest unassign => $"{unassign.EniId} {unassign.Addresses}",
        NetworkInterfaceQuery query => $"{query.Ids} {query.Tags}",
        CreateNetworkInterfaceRequest create => $"{create.VSwitchId} {create.SecondaryIpAddressCount} {create.ClientToken}",
        _ => $"{request}",
    };
}
