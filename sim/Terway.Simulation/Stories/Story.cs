using System.Collections.Immutable;
using Terway.Ipam.States;

namespace Terway.Simulation;

/// <summary>
/// A node's story from a seed: pods come and go, calls fail, the daemon is killed, the power goes, others interfere. Single-threaded, in
/// virtual time; the same settings tell the same story. Every step makes its own choices, so that some can be left out.
/// </summary>
internal sealed class Story : IDisposable
{
    private const int StepsOfATide = 60;
    private const int MostStepsPerPod = 40;
    private const double EbbCrowding = 0.3;
    private const double SameName = 0.15;
    private const double LateDelete = 0.15;
    private const int QuietLooks = 60;

    private static readonly TimeSpan BetweenQuietLooks = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestMoment = TimeSpan.FromSeconds(0.4);
    private static readonly TimeSpan IdleTime = TimeSpan.FromHours(1);

    /// <summary>One sweep, and with jitter a second.</summary>
    private const int MostCallsInAnIdleHour = 2;

    private readonly StorySettings _settings;
    private readonly StoryWorld _world;
    private readonly SimulatedNode _node;
    private readonly PodCrowd _pods = new();
    private readonly StepChecker _checker;
    private readonly ContainerRuntime _runtime;
    private readonly NodeDisk _disk;
    private readonly Saboteur _saboteur;
    private int _steps;

    private Story(StorySettings settings)
    {
        _settings = settings;
        _world = new StoryWorld(settings);
        _disk = new NodeShape(settings.Seed).HasFile
            ? new FileDisk(_world.Random, _world.Weather, _world.Faults)
            : new MemoryDisk(_world.Random, _world.Weather, _world.Faults);
        _node = new SimulatedNode(settings, _world, _disk, _world.Kernel, new SimulatedSpool());
        _checker = new StepChecker(_world, _node, _pods);
        _runtime = new ContainerRuntime(_world, _node, _pods, _checker);
        _saboteur = new Saboteur(_world, _node, _pods, _checker);
        _node.Died = _runtime.BreakConnections;
        _node.PowerLost = _runtime.LoseAll;
        _node.StoreLost = _runtime.LoseNames;
    }

    private StoryRandom Random => _world.Random;

    private bool IsBroken => _world.Violations.All.Count > 0;

    /// <summary>Tells the story to its end, or to its first violation.</summary>
    internal static StoryResult Tell(StorySettings settings)
    {
        using var story = new Story(settings);
        return story.Run();
    }

    public void Dispose()
    {
        _node.Dispose();
        _disk.Dispose();
        _world.Dispose();
    }

    private StoryResult Run()
    {
        var ready = _world.Vpc.AddInstanceAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        ready.GetAwaiter().GetResult();
        _node.Start();
        var isAtTheEnd = false;
        try
        {
            if (_settings.Only.IsDefault)
                TakeAllSteps();
            else
                TakeSteps(_settings.Only);
            isAtTheEnd = !IsBroken;
            if (!IsBroken && _settings.HasEnd)
                End();
        }
        catch (StandstillException e)
        {
            _world.Violations.Add("busy loop", e.Message);
        }

        return Result(isAtTheEnd);
    }

    private StoryResult Result(bool isAtTheEnd) => new()
    {
        Settings = _settings,
        Steps = _steps,
        Pods = _pods.Started,
        Completed = _pods.Completed,
        Granted = _runtime.Granted,
        Calls = _world.Vpc.Calls,
        Faults = _world.Faults,
        Refusals = _runtime.Refusals,
        LongestWait = _runtime.LongestWait,
        VirtualTime = _world.Time.Elapsed,
        Violations = [.. _world.Violations.All],
        IsAtTheEnd = isAtTheEnd,
        Trace = _world.Log.Trace,
        History = [.. _world.Log.Lines],
    };

    private void TakeAllSteps()
    {
        while (_pods.Started < _settings.Pods && _steps < MostStepsPerPod * _settings.Pods && !IsBroken)
            Step(_steps++);
    }

    private void TakeSteps(ImmutableArray<int> steps)
    {
        foreach (var step in steps)
        {
            if (IsBroken)
                return;
            _steps++;
            Step(step);
        }
    }

    private void Step(int step)
    {
        Random.Enter(step);
        _world.Weather.Pass();
        Act(step);
        Pass(Random.Span(LongestMoment));
    }

    private void Act(int step)
    {
        var faults = _settings.Faults;
        var dice = Random.NextDouble();
        if ((dice -= faults.Kills) < 0)
            _node.Kill("killed between calls");
        else if ((dice -= faults.Sabotage) < 0)
            _saboteur.Steal();
        else if ((dice -= faults.Drift) < 0)
            _saboteur.RemoveRules();
        else if ((dice -= 0.68) < 0)
            ComeOrGo(step);
        else if ((dice -= 0.12) < 0)
            RepeatOrGiveUp();
        else if ((dice -= 0.03) < 0 && _pods.Any(PodStage.Running, Random) is { } pod)
            _runtime.Repeat(pod);
        else if ((dice -= 0.02) < 0 && _pods.Any(PodStage.Asking, Random) is { } asking)
            _runtime.GiveUp(asking, isKilled: Random.Next(3) == 0);
        else if ((dice -= 0.01) < 0)
            _runtime.Collect();
        else
            Pass(Random.Span(LongestPause));
    }

    private void ComeOrGo(int step)
    {
        var isEbb = ((unchecked((uint)(_settings.Seed * 73) + (uint)(step / StepsOfATide)) * 2654435761u) >> 30) == 0;
        var crowd = _world.Vpc.Capacity * (isEbb ? EbbCrowding * _node.Shape.Crowding : _node.Shape.Crowding);
        if (_pods.All.Count < crowd != Random.Chance(0.2))
            _runtime.Add(_pods.Add(Random.Chance(SameName)));
        else if (_pods.Any(PodStage.Running, Random) is not { } pod)
            return;
        else if (Random.Chance(_settings.Faults.Forgotten))
            _runtime.Forget(pod);
        else
            _runtime.Delete(pod);
    }

    private void RepeatOrGiveUp()
    {
        if (Random.Chance(LateDelete))
            _runtime.DeleteLate();
        if (_pods.Any(PodStage.Unanswered, Random) is not { } pod)
            return;
        if (Random.Next(2) == 0)
            _runtime.Add(pod);
        else
            _runtime.Delete(pod);
    }

    private void Pass(TimeSpan time)
    {
        _world.Time.Advance(time);
        _node.Settle();
        _checker.Check();
    }

    /// <summary>Nothing goes wrong any more: with the pods that run, and then without, all must become tidy.</summary>
    private void End()
    {
        Random.Enter(int.MaxValue);
        _world.Weather.Calm();
        TakeAllIdle();
        Rest("after quiet time with pods");
        if (IsBroken)
            return;
        foreach (var pod in _pods.All.ToArray())
            _runtime.Delete(pod);
        Rest("after quiet time without pods");
        if (!IsBroken)
            Idle();
    }

    /// <summary>Takes what is ready, so that the low mark has to be filled anew.</summary>
    private void TakeAllIdle()
    {
        Pass(2 * _node.Shape.Rest);
        for (var i = 0; i <= _node.Shape.MaxIdle && HasIdle(); i++)
        {
            _runtime.Add(_pods.Add(again: false));
            Pass(TimeSpan.Zero);
        }
    }

    private bool HasIdle() =>
        _node.Serving?.Pool.Snapshot().Enis.Any(eni => eni.Addresses.Any(address => address.State == AddressState.Idle)) == true;

    private void Rest(string when)
    {
        for (var look = 0; look < QuietLooks && !IsBroken; look++)
        {
            Pass(BetweenQuietLooks);
            foreach (var pod in _pods.All.Where(pod => pod.Stage == PodStage.Unanswered).ToArray())
                _runtime.Delete(pod);
            if (_node.Shape.CollectsAtTheEnd && look % 10 == 0)
                _runtime.Collect();
        }

        if (!IsBroken)
            new QuietChecker(_world, _node, _pods).Check(when);
        if (IsBroken && _world.Log.IsKept)
            Describe();
    }

    /// <summary>A node on which nothing happens asks the cloud for next to nothing.</summary>
    private void Idle()
    {
        var before = _world.Vpc.Calls;
        Pass(IdleTime);
        if (_world.Vpc.Calls - before > MostCallsInAnIdleHour)
            _world.Violations.Add("calls in an idle hour", $"{_world.Vpc.Calls - before} calls in an idle hour, more than {MostCallsInAnIdleHour}");
    }

    private void Describe()
    {
        if (_node.Serving?.Pool.Snapshot() is not { } shown)
            return;
        foreach (var eni in shown.Enis)
            _world.Log.Note($"pool: {eni.Id} {eni.State} since {eni.Since:T}: {string.Join(", ", eni.Addresses.GroupBy(address => address.State).Select(group => $"{group.Count()} {group.Key}"))}");
        foreach (var eni in _world.Vpc.Own)
            _world.Log.Note($"cloud: {eni.Id} {eni.Status} in {eni.VSwitchId}: {eni.SecondaryIpAddresses.Count + 1}");
        foreach (var vSwitch in shown.VSwitches)
            _world.Log.Note($"pool: {vSwitch}");
        foreach (var fault in shown.Faults)
            _world.Log.Note($"pool: {fault.Code}: {fault.Operation} {fault.Reason}");
    }
}
