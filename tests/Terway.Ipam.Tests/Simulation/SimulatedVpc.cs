using System.Net;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Ipam.States;
using Terway.Testing;

namespace Terway.Ipam.Tests.Simulation;

/// <summary>The cloud of a story: an instance, one to three vSwitches of different sizes, and changing weather.</summary>
internal sealed class SimulatedVpc : IDisposable
{
    /// <summary>The first address of a vSwitch and its last three are the cloud's own.</summary>
    private const int ReservedAddresses = 4;

    private const string CreateAction = "CreateNetworkInterface";

    private static readonly string[] Types = ["ecs.g7.large", "ecs.g7.xlarge", "ecs.g5.xlarge", "ecs.g6e.large"];
    private static readonly string[] DualTypes = ["ecs.g7.large", "ecs.g7.xlarge"];

    private readonly SimulationSetup _setup;
    private readonly Random _random;
    private readonly StoryLog _log;
    private readonly SecurityGroupId _group;
    private readonly Dictionary<VSwitchId, int> _sizes = [];
    private RandomFaults? _faults;
    private double _strikeShare;
    private bool _isQuiet;

    public SimulatedVpc(SimulationSetup setup, Random random, FakeTimeProvider time, StoryLog log)
    {
        _setup = setup;
        _random = random;
        _log = log;
        Cloud = new CloudEmulator(new CloudEmulatorOptions
        {
            Seed = setup.Seed,
            TimeProvider = time,
            Latencies = EmulatorLatencies.Realistic,
            OnCall = Called,
        });
        Id = Cloud.AddVpc(IPNetwork.Parse("10.0.0.0/16"));
        _group = Cloud.AddSecurityGroup(Id);
        for (var i = 0; i <= random.Next(3); i++)
        {
            var cidr = IPNetwork.Parse($"10.0.{i}.0/{random.Next(24, 29)}");
            var id = Cloud.AddVSwitch(new VSwitchSpec
            {
                VpcId = Id,
                ZoneId = new ZoneId("cn-hangzhou-k"),
                Cidr = cidr,
                Ipv6Cidr = IsDual ? IPNetwork.Parse($"2408:4005:0:{i}::/64") : null,
            });
            _sizes.Add(id, (1 << (32 - cidr.PrefixLength)) - ReservedAddresses);
        }

        Cloud.FaultPolicy = Decide;
    }

    public CloudEmulator Cloud { get; }

    public VpcId Id { get; }

    public InstanceId Instance { get; private set; }

    public InstanceTypeLimits Limits { get; private set; } = null!;

    public IEnumerable<VSwitchId> VSwitches => _sizes.Keys;

    public int Calls { get; private set; }

    public int Refused { get; private set; }

    /// <summary>A call asked for more than a limit allows.</summary>
    public string? Excess { get; private set; }

    /// <summary>Every ENI that was created for the node.</summary>
    public List<NetworkInterface> Own =>
        [.. Cloud.Interfaces.Where(eni => eni.Tags.Any(tag => tag.Key == "terway-instance" && tag.Value == Instance.Value))];

    private bool IsDual => _setup.Families == AddressFamilies.DualStack;

    /// <summary>Nothing that the pool cannot know happens: then it never even asks for more than a limit allows.</summary>
    private bool IsStrict => _setup is { FaultShare: 0, CrashShare: 0, Sabotage: false };

    public async Task AddInstanceAsync()
    {
        var types = IsDual ? DualTypes : Types;
        Limits = InstanceTypeCatalog.Types[new InstanceTypeId(types[_random.Next(types.Length)])];
        Instance = await Cloud.AddInstanceAsync(new InstanceSpec { InstanceType = Limits.InstanceType, VSwitchId = VSwitches.First(), SecurityGroupIds = [_group] });
    }

    /// <summary>Good and bad times alternate, so that the pool has to get over each.</summary>
    public void ChangeWeather(SimulatedDisk disk)
    {
        if (_random.Next(40) != 0)
            return;
        var share = _random.Next(2) == 0 ? 0 : _setup.FaultShare * _random.NextDouble();
        _faults = share == 0 ? null : new RandomFaults(_random.Next())
        {
            LoseRequest = share / 4,
            LoseReply = share / 2,
            Throttle = share / 2,
            InternalError = share / 4,
            FailTransition = share / 4,
            Delay = share,
            MaxDelay = TimeSpan.FromSeconds(70),
        };
        disk.FullShare = share / 8;
        disk.StrikeShare = _strikeShare = _setup.CrashShare / 4;
    }

    public void CalmDown(SimulatedDisk disk)
    {
        _isQuiet = true;
        _faults = null;
        _strikeShare = disk.FullShare = disk.StrikeShare = 0;
    }

    /// <summary>The share of calls in which the program is killed.</summary>
    public double StrikeShare(string action) =>
        action == CreateAction && !_isQuiet ? Math.Max(_setup.KilledCreates, _strikeShare) : _strikeShare;

    /// <summary>The low mark, or less where the limits of ENIs and vSwitches leave less.</summary>
    public int ReachableIdle(int minIdle, PoolSnapshot pool)
    {
        var attached = Own.Where(eni => eni.Attachment is not null).ToList();
        var free = _sizes.Keys.ToDictionary(id => id, FreeAddresses);
        var usable = pool.Enis.Where(eni => eni.State == EniState.InUse).Select(eni => eni.Id).ToHashSet();
        var reachable = attached.Where(eni => usable.Contains(eni.Id)).Sum(eni => Math.Min(free[eni.VSwitchId], Room(eni)));
        if (attached.Count < Limits.EniQuantity - 1)
            reachable += free.Values.Max();
        return Math.Min(minIdle, reachable + pool.Enis.Sum(eni => StoryChecker.IdleOf(eni, _setup.Families)));
    }

    public void Dispose() => Cloud.Dispose();

    private int Room(NetworkInterface eni)
    {
        var room = Limits.Ipv4PerEni - eni.SecondaryIpAddresses.Count - 1;
        return IsDual ? Math.Min(room, Limits.Ipv6PerEni - eni.Ipv6Addresses.Count) : room;
    }

    private int FreeAddresses(VSwitchId id) =>
        _sizes[id] - Cloud.Interfaces.Where(eni => eni.VSwitchId == id).Sum(eni => eni.SecondaryIpAddresses.Count + 1);

    private EmulatedFault? Decide(EmulatedCall call) =>
        call.Action == CreateAction && !_isQuiet && _random.NextDouble() < _setup.LostCreates ? EmulatedFault.LoseReply : _faults?.Decide(call);

    private void Called(EmulatedCallRecord call)
    {
        Calls++;
        Refused += call.ErrorCode is null && !call.ReplyLost ? 0 : 1;
        _log.Note($"{call.Call.Action} {call.ErrorCode}{(call.ReplyLost ? " (no answer)" : "")} {About(call.Call.Request)}");
        if (IsStrict && call.ErrorCode is "EniPerInstanceLimitExceeded" or "InvalidOperation.Ipv4CountExceeded" or "InvalidOperation.Ipv6CountExceeded" or "MaxEniIpv6IpsCountExceeded")
            Excess = $"{call.Call.Action} exceeded a limit of the instance type: {call.ErrorCode}";
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
