using System.Net;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Ipam.Store;
using Terway.Testing;

namespace Terway.Ipam.Tests.Simulation;

/// <summary>A node's story from a seed: pods come and go, calls fail, the program is killed, others interfere.
/// Single-threaded, in virtual time; the same seed tells the same story.</summary>
internal sealed class Story
{
    /// <summary>The first address of a vSwitch and its last three are the cloud's own.</summary>
    private const int ReservedAddresses = 4;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);
    /// <summary>By then a theft is noticed: the interval of the metadata comparison, and a bad time of the API.</summary>
    private static readonly TimeSpan Noticed = TimeSpan.FromMinutes(5);

    private static readonly string[] Types = ["ecs.g7.large", "ecs.g7.xlarge", "ecs.g5.xlarge", "ecs.g6e.large"];

    private readonly SimulationSetup _setup;
    private readonly Random _random;
    private readonly FakeTimeProvider _time = new();
    private readonly CloudEmulator _cloud;
    private readonly SimulatedDisk _disk;
    private readonly StoryChecker _checker;
    private readonly List<SimulatedPod> _pods = [];
    private readonly Dictionary<string, DateTimeOffset> _stolen = [];
    private readonly VpcId _vpc;
    private readonly Dictionary<VSwitchId, int> _vSwitches = [];
    private readonly SecurityGroupId _group;
    private readonly int _minIdle;
    private readonly int _maxIdle;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private InstanceId _instance;
    private InstanceTypeLimits _limits = null!;
    private RandomFaults? _faults;
    private NodeLife _life = new();
    private EniPool? _pool;
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private int _lives;
    private int _started;
    private readonly StoryLog _log;

    public Story(SimulationSetup setup)
    {
        _setup = setup;
        _random = new Random(setup.Seed);
        _log = new StoryLog(_time, setup.History);
        _cloud = new CloudEmulator(new CloudEmulatorOptions
        {
            Seed = setup.Seed,
            TimeProvider = _time,
            Latencies = EmulatorLatencies.Realistic,
            OnCall = Called,
        });
        _disk = new SimulatedDisk(_random);
        _vpc = _cloud.AddVpc(IPNetwork.Parse("10.0.0.0/16"));
        _checker = new StoryChecker(_cloud, _vpc, Rest);
        _group = _cloud.AddSecurityGroup(_vpc);
        for (var i = 0; i <= _random.Next(3); i++)
        {
            var cidr = IPNetwork.Parse($"10.0.{i}.0/{_random.Next(24, 29)}");
            var id = _cloud.AddVSwitch(new VSwitchSpec { VpcId = _vpc, ZoneId = new ZoneId("cn-hangzhou-k"), Cidr = cidr });
            _vSwitches.Add(id, (1 << (32 - cidr.PrefixLength)) - ReservedAddresses);
        }

        _minIdle = _random.Next(3);
        _maxIdle = _minIdle + _random.Next(6);
        _cloud.FaultPolicy = call => _faults?.Decide(call);
    }

    public List<string> Violations => _checker.Violations;

    public int Granted { get; private set; }

    public int Failed { get; private set; }

    public int Kills { get; private set; }

    public int Calls { get; private set; }

    public int Refused { get; private set; }

    public ulong Trace => _log.Trace;

    public string History => _log.Last;

    public async Task RunAsync()
    {
        _limits = InstanceTypeCatalog.Types[new InstanceTypeId(Types[_random.Next(Types.Length)])];
        var added = _cloud.AddInstanceAsync(new InstanceSpec { InstanceType = _limits.InstanceType, VSwitchId = _vSwitches.Keys.First(), SecurityGroupIds = [_group] });
        _instance = await added;
        Start();
        while (_started < _setup.Lifecycles && Violations.Count == 0)
            Step();
        Quiet("with pods");
        if (Violations.Count > 0)
            return;
        foreach (var pod in _pods.ToArray())
            Leave(pod);
        Quiet("without pods");
        _cloud.Dispose();
    }

    private void Step()
    {
        SetWeather();
        switch (_random.Next(100))
        {
            case < 40:
                Ask(NewPod());
                break;
            case < 75 when _pods.Count > 0:
                Leave(_pods[_random.Next(_pods.Count)]);
                break;
            case < 80 when _pods.Count > 0:
                Repeat(_pods[_random.Next(_pods.Count)]);
                break;
            case < 85 when _pods.Find(pod => pod.Stage == PodStage.Asking) is { } asking:
                asking.Cancel!.Cancel();
                break;
            case < 87:
                Collect();
                break;
            case < 88 when _setup.Sabotage:
                SabotageSomething();
                break;
            case < 90 when _random.NextDouble() < _setup.CrashShare * 50:
                Kill();
                break;
            default:
                Pass(TimeSpan.FromMilliseconds(_random.Next(1, 8000)));
                break;
        }

        Pass(TimeSpan.FromMilliseconds(_random.Next(0, 400)));
        Settle();
        _checker.CheckStep(_pods, _pool, _instance);
        _checker.CheckLimits(Own(), _limits.EniQuantity - 1, _limits.Ipv4PerEni);
        if (Environment.CurrentManagedThreadId != _thread)
            _checker.Violate("the story left its thread");
    }

    /// <summary>Good and bad times alternate, so that the pool has to get over each.</summary>
    private void SetWeather()
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
        _disk.FullShare = share / 8;
        _disk.StrikeShare = _setup.CrashShare / 4;
    }

    private SimulatedPod NewPod()
    {
        var pod = new SimulatedPod(++_started);
        _pods.Add(pod);
        return pod;
    }

    private void Ask(SimulatedPod pod)
    {
        pod.Stage = PodStage.Asking;
        pod.Cancel = new CancellationTokenSource();
        try
        {
            pod.Asking = _pool!.LeaseAsync(pod.Request, pod.Cancel.Token).AsTask();
        }
        catch (KilledException)
        {
            pod.Stage = PodStage.Unanswered;
        }
    }

    private void Leave(SimulatedPod pod)
    {
        if (pod.Stage == PodStage.Asking || IsBlind)
            return;
        if (pod.Stage == PodStage.Running && _random.Next(20) == 0)
        {
            pod.Stage = PodStage.Forgotten;
            return;
        }

        pod.Stage = PodStage.Leaving;
        try
        {
            var released = _pool!.Release(pod.Attachment);
            if (pod.Lease is { } held && released is null && !pod.MayBeReleased && !_life.Dead)
                _checker.Violate($"{pod.Attachment} holds {held.Address}, but its release found nothing");
            if (released is not null)
                _checker.Released(pod, released, _time.GetUtcNow());
            Note($"released {released?.Address}");
            _pods.Remove(pod);
        }
        catch (IpamException e) when (e.Code == IpamErrorCode.StoreFull)
        {
            Note("release refused");
        }
        catch (KilledException)
        {
            Note("killed in a release");
            pod.MayBeReleased = true;
            if (pod.Lease is { } held)
                _checker.Released(pod, held, _time.GetUtcNow());
        }
    }

    /// <summary>After the loss of the store the pool knows its pods only once it has asked the cloud.</summary>
    private bool IsBlind => !_pool!.Snapshot().KnowsAllEnis;

    private void Repeat(SimulatedPod pod)
    {
        if (IsBlind)
            return;
        if (pod.Stage == PodStage.Running)
        {
            var again = _pool!.TryLease(pod.Request);
            if (again?.Address.Equals(pod.Lease!.Address) != true)
                _checker.Violate($"{pod.Attachment} has {pod.Lease!.Address}; asking again gave {again?.Address}");
        }
        else if (pod.Stage == PodStage.Unanswered)
        {
            Ask(pod);
        }
    }

    private void Collect()
    {
        var valid = _pods.Where(pod => pod.Stage is not PodStage.Forgotten).Select(pod => pod.Attachment).ToHashSet();
        try
        {
            foreach (var lease in _pool!.Collect(valid, _time.GetUtcNow()).Released)
            {
                var pod = _pods.Find(pod => pod.Attachment == lease.Attachment);
                if (pod is null)
                    continue;
                _checker.Released(pod, lease, _time.GetUtcNow());
                _pods.Remove(pod);
            }

            _pods.RemoveAll(pod => pod.Stage == PodStage.Forgotten && _pool!.Inspect(pod.Attachment) is null);
        }
        catch (IpamException e) when (e.Code == IpamErrorCode.StoreFull)
        {
            Note("collection refused");
        }
        catch (KilledException)
        {
            Note("killed in a collection");
            foreach (var pod in _pods.Where(pod => !valid.Contains(pod.Attachment)))
                pod.MayBeReleased = true;
        }
    }

    /// <summary>Takes the answers that have come, and starts the program again if it was struck.</summary>
    private void Settle()
    {
        foreach (var pod in _pods.ToArray())
        {
            if (pod.Asking is { IsCompleted: true } answer)
                Answered(pod, answer);
        }

        if (_life.Struck)
            Kill();
        else if (_running.IsFaulted)
            _checker.Violate($"the loop ended: {_running.Exception!.GetBaseException()}");
    }

    private void Answered(SimulatedPod pod, Task<Lease> answer)
    {
        pod.Asking = null;
        if (answer.IsCompletedSuccessfully)
        {
            Granted++;
            Note($"granted {answer.Result.Address}");
            _checker.Granted(pod, answer.Result, _pods, _time.GetUtcNow());
            pod.Lease = answer.Result;
            pod.Sabotaged = IsStolen(answer.Result);
            pod.Stage = PodStage.Running;
            return;
        }

        Failed++;
        pod.Stage = PodStage.Unanswered;
        if (answer.IsCanceled && pod.Lease is null && !_life.Dead && _pool!.Inspect(pod.Attachment) is not null)
            _checker.Violate($"{pod.Attachment} was cancelled but holds an address");
        if (answer.Exception?.GetBaseException() is { } e and not (IpamException or KilledException))
            _checker.Violate($"{pod.Attachment} failed oddly: {e}");
        Note($"failed {(answer.Exception?.GetBaseException() as IpamException)?.Code}");
    }

    private void Kill()
    {
        Kills++;
        Note("killed");
        _life.Kill();
        _stop.Cancel();
        foreach (var pod in _pods.Where(pod => pod.Stage == PodStage.Asking))
        {
            pod.Asking = null;
            pod.Stage = PodStage.Unanswered;
        }

        switch (_random.Next(12))
        {
            case 0:
                LosePower();
                break;
            case 1 when _setup.Wipes:
                _disk.Wipe();
                // What neither the store nor the cloud nor the kernel shows is nobody's any more.
                foreach (var pod in _pods.Where(pod => pod.Sabotaged || pod.Stage != PodStage.Running))
                    pod.Lease = null;
                _pods.RemoveAll(pod => pod.Sabotaged);
                Pass(Rest);
                break;
            default:
                Pass(TimeSpan.FromMilliseconds(_random.Next(0, 5000)));
                break;
        }

        Start();
    }

    /// <summary>The machine goes down: the last commits may be lost, every pod is, and booting takes longer than the rest.</summary>
    private void LosePower()
    {
        Pass(TimeSpan.FromSeconds(1));
        _disk.LosePower(_random.Next(4));
        foreach (var pod in _pods)
        {
            pod.Stage = PodStage.Forgotten;
            pod.Lease = null;
        }

        Pass(TimeSpan.FromMinutes(1));
    }

    private void Start()
    {
        if (_lives % 8 == 7)
            _disk.Compact();
        _life = new NodeLife();
        _stop = new CancellationTokenSource();
        var options = Options();
        var api = new MortalCloud(_setup.BendCloud(_cloud.CreateEniApi()), _life, _random, () => _disk.StrikeShare, _checker.Violate);
        _pool = new EniPool(options, api, _cloud.CreateInstanceMetadata(_instance), _setup.BendStore(_disk.Mount(_life)),
            links: null, _time, new Random(_setup.Seed * 1000 + _lives++), _log, TaskCreationOptions.None);
        var observed = _pods.Where(pod => pod is { Stage: PodStage.Running, Lease: not null })
            .Select(pod => new ObservedAttachment(pod.Lease!.Address, pod.Attachment)).ToList();
        var recovery = _pool.RecoverAsync(observed);
        while (!recovery.IsCompleted)
            Pass(TimeSpan.FromMilliseconds(10));
        if (recovery.IsFaulted && _life.Struck)
            Start();
        else if (recovery.IsFaulted)
            _checker.Violate($"the recovery failed: {recovery.Exception!.GetBaseException()}");
        else
            _running = _pool.RunAsync(_stop.Token);
    }

    private EniPoolOptions Options()
    {
        var options = new EniPoolOptions
        {
            MinPoolSize = _minIdle,
            MaxPoolSize = _maxIdle,
            Rest = Rest,
            VSwitchSelection = (VSwitchSelection)(_setup.Seed % 3),
            EniSelection = (EniSelection)(_setup.Seed % 2),
            VSwitchSetAside = TimeSpan.FromMinutes(2),
            VSwitchRefresh = TimeSpan.FromMinutes(2),
        };
        foreach (var vSwitch in _vSwitches.Keys)
            options.VSwitches.Add(vSwitch);
        _setup.BendOptions(options);
        return options;
    }

    /// <summary>Others change what is the pool's: take an address away, or detach an ENI.</summary>
    private void SabotageSomething()
    {
        if (_random.Next(4) != 0 || _pods.Find(pod => pod is { Stage: PodStage.Running, Sabotaged: false }) is not { Lease: { } lease } victim)
            return;
        var api = _cloud.CreateEniApi();
        Task call;
        if (_random.Next(3) == 0)
        {
            _stolen[lease.Eni.Id.Value] = _time.GetUtcNow();
            foreach (var pod in _pods.Where(pod => pod.Lease?.Eni.Id == lease.Eni.Id))
                pod.Sabotaged = true;
            call = api.DetachNetworkInterfaceAsync(new DetachNetworkInterfaceRequest(lease.Eni.Id, _instance));
        }
        else
        {
            _stolen[lease.Address.ToString()] = _time.GetUtcNow();
            victim.Sabotaged = true;
            call = api.UnassignPrivateIpAddressesAsync(new UnassignPrivateIpAddressesRequest { EniId = lease.Eni.Id, Addresses = [lease.Address] });
        }

        for (var i = 0; i < 200 && !call.IsCompleted; i++)
            Pass(TimeSpan.FromMilliseconds(50));
        Note(call.IsCompletedSuccessfully ? "sabotaged" : $"sabotage failed {call.Exception?.GetBaseException().GetType().Name}");
    }

    /// <summary>What was stolen a moment ago, the pool cannot know yet: it may still give it out.</summary>
    private bool IsStolen(Lease lease) => new[] { lease.Address.ToString(), lease.Eni.Id.Value }
        .Any(key => _stolen.TryGetValue(key, out var at) && _time.GetUtcNow() - at < Noticed);

    /// <summary>Nothing goes wrong any more, nobody asks: after an hour all must be tidy.</summary>
    private void Quiet(string when)
    {
        _faults = null;
        _disk.FullShare = 0;
        _disk.StrikeShare = 0;
        for (var i = 0; i < 900; i++)
        {
            Pass(TimeSpan.FromSeconds(i < 600 ? 0.5 : 5));
            Settle();
            foreach (var pod in _pods.Where(pod => pod.Stage is PodStage.Unanswered or PodStage.Leaving).ToArray())
                Leave(pod);
            if (i % 100 == 0)
                Collect();
            _checker.CheckStep(_pods, _pool, _instance);
        }

        var before = Violations.Count;
        _checker.CheckQuiet(_pods, _pool!.Snapshot(), _disk.Content, Own(), _maxIdle, ReachableIdle());
        for (var i = before; i < Violations.Count; i++)
            Violations[i] += $" ({when})";
    }

    /// <summary>The low mark, or less where the limits of ENIs and vSwitches leave less.</summary>
    private int ReachableIdle()
    {
        var own = Own();
        var attached = own.Where(eni => eni.Attachment is not null).ToList();
        var free = _vSwitches.Keys.ToDictionary(id => id, FreeAddresses);
        var reachable = attached.Sum(eni => (int)Math.Min(free[eni.VSwitchId], _limits.Ipv4PerEni - eni.SecondaryIpAddresses.Count - 1));
        if (attached.Count < _limits.EniQuantity - 1)
            reachable += (int)free.Values.Max();
        return Math.Min(_minIdle, reachable + _pool!.Snapshot().Enis.Sum(eni => eni.Addresses.Count(address => address.State == States.AddressState.Idle)));
    }

    private int FreeAddresses(VSwitchId id) =>
        _vSwitches[id] - _cloud.Interfaces.Where(eni => eni.VSwitchId == id).Sum(eni => eni.SecondaryIpAddresses.Count + 1);

    private List<NetworkInterface> Own() =>
        [.. _cloud.Interfaces.Where(eni => eni.Tags.Any(tag => tag.Key == "terway-instance" && tag.Value == _instance.Value))];

    private void Pass(TimeSpan time) => _time.Advance(time);

    private void Called(EmulatedCallRecord call)
    {
        Calls++;
        Refused += call.ErrorCode is null && !call.ReplyLost ? 0 : 1;
        Note($"{call.Call.Action} {call.ErrorCode}{(call.ReplyLost ? " (no answer)" : "")} {About(call.Call.Request)}");
        if (IsStrict && call.ErrorCode is "EniPerInstanceLimitExceeded" or "InvalidOperation.Ipv4CountExceeded")
            _checker.Violate($"{call.Call.Action} exceeded a limit of the instance type: {call.ErrorCode}");
    }

    /// <summary>Nothing that the pool cannot know happens: then it never even asks for more than a limit allows.</summary>
    private bool IsStrict => _setup is { FaultShare: 0, CrashShare: 0, Sabotage: false };

    private static string About(object request) => request switch
    {
        AttachNetworkInterfaceRequest attach => attach.EniId.Value,
        DetachNetworkInterfaceRequest detach => detach.EniId.Value,
        AssignPrivateIpAddressesRequest assign => $"{assign.EniId} {assign.Count}",
        UnassignPrivateIpAddressesRequest unassign => $"{unassign.EniId} {unassign.Addresses}",
        NetworkInterfaceQuery query => $"{query.Ids} {query.Tags}",
        CreateNetworkInterfaceRequest create => $"{create.VSwitchId} {create.SecondaryIpAddressCount} {create.ClientToken}",
        _ => $"{request}",
    };

    private void Note(string what) => _log.Note(what);
}
