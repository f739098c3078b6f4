using Terway.Cloud;
using Terway.Ipam.States;
using Terway.Testing;

namespace Terway.Ipam.Tests.Simulation;

/// <summary>A node's story from a seed: pods come and go, calls fail, the program is killed, others interfere.
/// Single-threaded, in virtual time; the same seed tells the same story.</summary>
internal sealed class Story
{
    private readonly SimulationSetup _setup;
    private readonly Random _random;
    private readonly FakeTimeProvider _time = new();
    private readonly StoryLog _log;
    private readonly SimulatedVpc _vpc;
    private readonly StoryChecker _checker;
    private readonly PodCrowd _pods;
    private readonly SimulatedNode _node;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private bool _ebb;

    public Story(SimulationSetup setup)
    {
        _setup = setup;
        _random = new Random(setup.Seed);
        _log = new StoryLog(_time, setup.History);
        _vpc = new SimulatedVpc(setup, _random, _time, _log);
        _checker = new StoryChecker(_vpc.Cloud, _vpc.Id, SimulatedNode.Rest, setup.Families);
        _pods = new PodCrowd(setup.Families, _random, _time, _checker, _log);
        _node = new SimulatedNode(setup, _random, _time, _vpc, _pods, _checker, _log);
    }

    public List<string> Violations => _checker.Violations;

    public int Granted => _pods.Granted;

    public int Failed => _pods.Failed;

    public int Kills => _node.Kills;

    public int Calls => _vpc.Calls;

    public int Refused => _vpc.Refused;

    public ulong Trace => _log.Trace;

    public string History => _log.Last;

    public async Task RunAsync()
    {
        using (_vpc)
        {
            await _vpc.AddInstanceAsync();
            _node.Start();
            while (_pods.Started < _setup.Lifecycles && Violations.Count == 0)
                Step();
            TakeAllIdle();
            Quiet("with pods");
            if (Violations.Count > 0)
                return;
            foreach (var pod in _pods.All.ToArray())
                _pods.Leave(_node, pod);
            Quiet("without pods");
        }
    }

    private void Step()
    {
        _vpc.ChangeWeather(_node.Disk);
        if (_random.Next(60) == 0)
            _ebb = !_ebb;
        var asks = _ebb ? 15 : 45;
        switch (_random.Next(100))
        {
            case var dice when dice < asks:
                _pods.Ask(_node, _pods.Add());
                break;
            case < 75 when _pods.Any is { } pod:
                _pods.Leave(_node, pod);
                break;
            case < 80 when _pods.Any is { } pod:
                _pods.Repeat(_node, pod);
                break;
            case < 85 when _pods.All.FirstOrDefault(pod => pod.Stage == PodStage.Asking) is { } asking:
                asking.Cancel!.Cancel();
                break;
            case < 87:
                _pods.Collect(_node);
                break;
            case < 88 when _setup.Sabotage:
                Sabotage();
                break;
            case < 90 when _random.NextDouble() < _setup.CrashShare * 50:
                _node.Kill();
                break;
            default:
                _time.Advance(TimeSpan.FromMilliseconds(_random.Next(1, 8000)));
                break;
        }

        _time.Advance(TimeSpan.FromMilliseconds(_random.Next(0, 400)));
        _node.Settle();
        Check();
    }

    private void Check()
    {
        _checker.CheckStep(_pods.All, _node.Pool);
        _checker.CheckLimits(_vpc.Own, _vpc.Limits.EniQuantity - 1, _vpc.Limits.Ipv4PerEni);
        if (_vpc.Excess is { } excess)
            _checker.Violate(excess);
        if (Environment.CurrentManagedThreadId != _thread)
            _checker.Violate("the story left its thread");
    }

    /// <summary>Others change what is the pool's: take an address away, or detach an ENI.</summary>
    private void Sabotage()
    {
        if (_random.Next(4) != 0 || !_node.Pool.Snapshot().KnowsAllEnis || _pods.All.FirstOrDefault(pod => pod is { Stage: PodStage.Running, Sabotaged: false }) is not { Lease: { } lease } victim)
            return;
        var api = _vpc.Cloud.CreateEniApi();
        Task call;
        if (_random.Next(3) == 0)
        {
            _pods.Steal(lease.Eni.Id.Value, pod => pod.Lease?.Eni.Id == lease.Eni.Id);
            call = api.DetachNetworkInterfaceAsync(new DetachNetworkInterfaceRequest(lease.Eni.Id, _vpc.Instance));
        }
        else if (lease.IPv6 is { } second && _random.Next(2) == 0)
        {
            _pods.Steal(second.ToString(), pod => pod == victim);
            call = api.UnassignIpv6AddressesAsync(new UnassignIpv6AddressesRequest { EniId = lease.Eni.Id, Addresses = [second] });
        }
        else
        {
            _pods.Steal(lease.Address.ToString(), pod => pod == victim);
            call = api.UnassignPrivateIpAddressesAsync(new UnassignPrivateIpAddressesRequest { EniId = lease.Eni.Id, Addresses = [lease.Address] });
        }

        for (var i = 0; i < 200 && !call.IsCompleted; i++)
            _time.Advance(TimeSpan.FromMilliseconds(50));
        _log.Note(call.IsCompletedSuccessfully ? "sabotaged" : $"sabotage failed {call.Exception?.GetBaseException().GetType().Name}");
    }

    /// <summary>Takes what is ready, so that the low mark has to be filled anew.</summary>
    private void TakeAllIdle()
    {
        _time.Advance(2 * SimulatedNode.Rest);
        _node.Settle();
        for (var i = 0; i <= _node.MaxIdle && _node.Pool.Snapshot().Enis.Any(eni => StoryChecker.IdleOf(eni, _setup.Families) > 0); i++)
        {
            _pods.Ask(_node, _pods.Add());
            _node.Settle();
        }
    }

    /// <summary>Nothing goes wrong any more, nobody asks: after half an hour all must be tidy.</summary>
    private void Quiet(string when)
    {
        _vpc.CalmDown(_node.Disk);
        for (var i = 0; i < 900; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(i < 600 ? 0.5 : 5));
            _node.Settle();
            foreach (var pod in _pods.All.Where(pod => pod.Stage is PodStage.Unanswered or PodStage.Leaving).ToArray())
                _pods.Leave(_node, pod);
            if (i % 100 == 0)
                _pods.Collect(_node);
            _checker.CheckStep(_pods.All, _node.Pool);
        }

        var before = Violations.Count;
        var shown = _node.Pool.Snapshot();
        _checker.CheckQuiet(_pods.All, shown, _node.Disk.Content, _vpc.Own, _node.MaxIdleWhenQuiet, _vpc.ReachableIdle(_node.MinIdle, shown));
        for (var i = before; i < Violations.Count; i++)
            Violations[i] += $" ({when})";
        if (Violations.Count > before)
            Describe(shown);
    }

    private void Describe(PoolSnapshot shown)
    {
        foreach (var eni in shown.Enis)
            _log.Note($"pool: {eni.Id} {eni.State} since {eni.Since:T}: {string.Join(", ", eni.Addresses.GroupBy(address => address.State).Select(group => $"{group.Count()} {group.Key}"))}");
        foreach (var eni in _vpc.Own)
            _log.Note($"cloud: {eni.Id} {eni.Status} in {eni.VSwitchId}: {eni.SecondaryIpAddresses.Count + 1}");
        foreach (var vSwitch in shown.VSwitches)
            _log.Note($"pool: {vSwitch}");
        foreach (var fault in shown.Faults)
            _log.Note($"pool: {fault.Code}: {fault.Operation} {fault.Reason}");
    }
}
