namespace Terway.Cloud.Testing.Internal;

/// <summary>One call on its way: arrival, delay, effect, fabric, answer.</summary>
/// <remarks>
/// Driven by the emulator's timers and without a continuation of its own, so that with a virtual clock everything happens
/// in the thread that moves the clock.
/// </remarks>
internal sealed class CallRun<T>(CallPipeline pipeline, CallSpec<T> spec)
    where T : notnull
{
    private readonly TaskCompletionSource<CallOutcome<T>> _done = new();
    private readonly World _world = pipeline.World;
    private RequestId _requestId;
    private EmulatedCall _call = null!;
    private EmulatedFault? _fault;
    private string? _faultRuleId;
    private T? _value;
    private bool _holdsEni;
    private bool _repeated;

    internal Task<CallOutcome<T>> Start()
    {
        TimeSpan latency;
        Refusal? refusal;
        lock (_world.Gate)
        {
            _requestId = _world.Ids.NextRequestId();
            _call = new EmulatedCall(pipeline.NextSequence(), spec.Action, spec.Request, _world.Now);
            latency = spec.Latency(_world.Knobs.Latencies).Pick(_world.Random);
            refusal = pipeline.Throttle.Count(spec.Action, _call.Time);
            if (refusal is null && _world.Knobs.DeniedActions.Contains(spec.Action))
                refusal = Refusal.Denied(RpcRoutes.ProductOf(spec.Action), spec.Action, "the caller");
        }
        if (refusal is null)
            PickFault();
        latency += _fault?.ExtraDelay ?? TimeSpan.Zero;
        if (refusal is null && _fault is { RequestLost: false, AfterEffect: false, Status: not null })
            refusal = FaultRefusal(_fault);
        if (refusal is null && _fault is not { RequestLost: true })
            refusal = Admit();
        if (refusal is not null || _fault is { RequestLost: true })
            pipeline.Delays.Run(latency, () => Answer(refusal));
        else
            pipeline.Delays.Run(latency, Execute);
        return _done.Task;
    }

    private void PickFault()
    {
        _fault = pipeline.FaultPolicy?.Invoke(_call);
        if (_fault is not null || pipeline.Faults.Strike(_call) is not { } struck)
            return;
        _fault = struck.Rule.Fault;
        _faultRuleId = struck.Id;
    }

    private static Refusal FaultRefusal(EmulatedFault fault) => new(fault.Status!.Value, fault.Code, "The call was refused by a fault that was asked for.");

    /// <summary>Takes what only one call at a time may have: its token, and the ENI.</summary>
    private Refusal? Admit()
    {
        lock (_world.Gate)
        {
            if (pipeline.Tokens.Begin(spec.Action, spec.Token, spec.Fingerprint, out var known) is { } refusal)
                return refusal;
            if (known is not null)
            {
                _value = (T)known;
                _repeated = true;
            }
            if (_repeated || spec.Exclusive is not { } id || !_world.Enis.TryGetValue(id, out var eni))
                return null;
            if (eni.Busy && _world.Options.ConflictOnConcurrentAddressCalls)
            {
                pipeline.Tokens.Forget(spec.Action, spec.Token);
                return new Refusal(403, "Operation.Conflict", $"Another operation on {id} is being processed.");
            }
            _holdsEni = eni.Busy = true;
            return null;
        }
    }

    private void Execute()
    {
        if (_repeated)
        {
            Answer(null);
            return;
        }
        try
        {
            var (effects, delivered) = Perform();
            var second = _fault is { AfterEffect: true } ? FaultRefusal(_fault)
                : _fault is { Duplicated: true } && spec.Token is null ? PerformAgain(effects, delivered)
                : null;
            _ = FinishAsync(effects, delivered, second);
        }
        catch (Refusal refusal)
        {
            lock (_world.Gate)
                pipeline.Tokens.Forget(spec.Action, spec.Token);
            Answer(refusal);
        }
        catch (Exception fault)
        {
            // A timer may have brought us here: a fault of the emulator belongs to the caller, not to the timer.
            _done.TrySetException(fault);
        }
    }

    /// <summary>Changes the world, all or nothing, and queues for the fabric what must follow.</summary>
    private (List<Effect> Effects, List<Task> Delivered) Perform()
    {
        lock (_world.Gate)
        {
            try
            {
                _world.Staleness = Staleness();
                _value = spec.Execute(_world);
                pipeline.Tokens.Complete(spec.Action, spec.Token, spec.Fingerprint, _value);
                List<Effect> effects = [.. _world.Effects];
                return (effects, [.. pipeline.Deliver(effects)]);
            }
            finally
            {
                _world.Effects.Clear();
                _world.Staleness = TimeSpan.Zero;
            }
        }
    }

    /// <summary>Carries the second copy of a call out; its refusal is what the caller gets.</summary>
    private Refusal? PerformAgain(List<Effect> effects, List<Task> delivered)
    {
        try
        {
            var (moreEffects, moreDelivered) = Perform();
            effects.AddRange(moreEffects);
            delivered.AddRange(moreDelivered);
            return null;
        }
        catch (Refusal refusal)
        {
            return refusal;
        }
    }

    /// <summary>How old what a describe shows is: by a fault, or as the cloud usually lags.</summary>
    private TimeSpan Staleness()
    {
        var lag = spec.IsEniRead ? _world.Knobs.Latencies.DescribeLag.Pick(_world.Random) : TimeSpan.Zero;
        return _fault is { Staleness: var age } && age > lag ? age : lag;
    }

    private async Task FinishAsync(List<Effect> effects, List<Task> delivered, Refusal? second)
    {
        var failed = second;
        pipeline.Fabric.Pump();
        try
        {
            await Task.WhenAll(delivered).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _world.Options.OnFabricFailure?.Invoke(failure);
            failed = new Refusal(500, "InternalError", "The fabric did not take the change.");
        }
        pipeline.Follow(effects, _fault);
        Answer(failed);
    }

    private void Answer(Refusal? refusal)
    {
        if (_holdsEni)
            ReleaseEni();
        var lost = _fault is { ReplyLost: true };
        var record = new EmulatedCallRecord(_call, _requestId, refusal?.Code, lost) { Fault = _fault, FaultRuleId = _faultRuleId };
        pipeline.Journal.Add(record);
        try
        {
            _world.Options.OnCall?.Invoke(record);
        }
        catch (Exception failure)
        {
            // What an observer throws, such as a failed assertion, reaches the caller.
            _done.TrySetException(failure);
            return;
        }
        var outcome = new CallOutcome<T>(_requestId, refusal is null ? _value : default, refusal, lost);
        pipeline.Delays.Run(_fault?.Silence ?? TimeSpan.Zero, () => _done.SetResult(outcome));
    }

    private void ReleaseEni()
    {
        lock (_world.Gate)
        {
            if (_world.Enis.TryGetValue(spec.Exclusive!.Value, out var eni))
                eni.Busy = false;
        }
    }
}
