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
            latency = spec.Latency(_world.Options.Latencies).Pick(_world.Random);
            refusal = pipeline.Throttle.Count(spec.Action, _call.Time);
        }
        _fault = refusal is null ? pipeline.FaultPolicy?.Invoke(_call) : null;
        latency += _fault?.ExtraDelay ?? TimeSpan.Zero;
        if (refusal is null && _fault is { RequestLost: false, Status: { } status })
            refusal = new Refusal(status, _fault.Code, "The call was refused by the fault policy.");
        if (refusal is null && _fault is not { RequestLost: true })
            refusal = Admit();
        if (refusal is not null || _fault is { RequestLost: true })
            pipeline.Delays.Run(latency, () => Answer(refusal));
        else
            pipeline.Delays.Run(latency, Execute);
        return _done.Task;
    }

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
            _ = FinishAsync(effects, delivered);
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
                _value = spec.Execute(_world);
                pipeline.Tokens.Complete(spec.Action, spec.Token, spec.Fingerprint, _value);
                List<Effect> effects = [.. _world.Effects];
                return (effects, [.. pipeline.Deliver(effects)]);
            }
            finally
            {
                _world.Effects.Clear();
            }
        }
    }

    private async Task FinishAsync(List<Effect> effects, List<Task> delivered)
    {
        Refusal? failed = null;
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
        pipeline.Follow(effects, _fault is { TransitionFails: true });
        Answer(failed);
    }

    private void Answer(Refusal? refusal)
    {
        if (_holdsEni)
            ReleaseEni();
        var lost = _fault is { ReplyLost: true };
        try
        {
            _world.Options.OnCall?.Invoke(new EmulatedCallRecord(_call, _requestId, refusal?.Code, lost));
        }
        catch (Exception failure)
        {
            // What an observer throws, such as a failed assertion, reaches the caller.
            _done.TrySetException(failure);
            return;
        }
        _done.SetResult(new CallOutcome<T>(_requestId, refusal is null ? _value : default, refusal, lost));
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
