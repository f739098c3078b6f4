namespace Terway.Cloud.Testing.Internal;

/// <summary>What all calls of an emulator go through, whether they come in memory or over HTTP.</summary>
internal sealed class CallPipeline : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly MetadataPublisher _metadata;
    private long _sequence;

    internal CallPipeline(World world)
    {
        World = world;
        Delays = new DelayedActions(world.Options.TimeProvider);
        Fabric = new FabricQueue(world.Options.Fabric ?? new NoFabric(), _stopping.Token);
        Throttle = new ThrottleWindows(world.Knobs);
        Faults = new FaultScript(world.Options.Seed, world.Options.TimeProvider);
        Journal = new CallJournal(world.Options.JournalCapacity);
        Tokens = new TokenTable(world.Options);
        _metadata = new MetadataPublisher(world, Delays);
        Transitions = new Transitions(world, Delays, Fabric, _metadata);
    }

    internal World World { get; }

    internal DelayedActions Delays { get; }

    internal FabricQueue Fabric { get; }

    internal ThrottleWindows Throttle { get; }

    internal TokenTable Tokens { get; }

    internal Transitions Transitions { get; }

    internal Func<EmulatedCall, EmulatedFault?>? FaultPolicy { get; set; }

    internal FaultScript Faults { get; }

    internal CallJournal Journal { get; }

    internal Task<CallOutcome<T>> InvokeAsync<T>(CallSpec<T> spec)
        where T : notnull => new CallRun<T>(this, spec).Start();

    /// <summary>The fault that strikes a request to the metadata service, if one does.</summary>
    internal EmulatedFault? StrikeMetadata(string path)
    {
        var call = new EmulatedCall(0, FaultRule.MetadataAction, path, World.Now);
        if (Faults.Strike(call) is not { Rule.Fault: var fault } struck)
            return null;
        Journal.Add(new EmulatedCallRecord(call, new RequestId(""), fault.Status is { } status ? $"Http{status}" : null, fault.ReplyLost)
        {
            Fault = fault,
            FaultRuleId = struck.Id,
        });
        return fault;
    }

    /// <summary>The number of the next call; under the world's lock.</summary>
    internal long NextSequence() => ++_sequence;

    /// <summary>Queues for the fabric what must be in place before the call is answered; under the world's lock.</summary>
    internal IEnumerable<Task> Deliver(List<Effect> effects) =>
        effects.OfType<Effect.AddressesChanged>()
            .Select(change => Fabric.Enqueue((f, token) => f.AddressesChangedAsync(change.Eni, change.Instance, token)));

    /// <summary>Starts what happens after the call.</summary>
    internal void Follow(List<Effect> effects, EmulatedFault? fault)
    {
        foreach (var effect in effects)
        {
            if (effect is Effect.Transition transition)
                Transitions.Schedule(transition.Eni, fault);
            else if (effect is Effect.MetadataChanged change)
                _metadata.Publish(change.Instance);
        }
    }

    public void Dispose()
    {
        _stopping.Cancel();
        Delays.Dispose();
        _stopping.Dispose();
    }
}
