namespace Terway.Ipam.Internal;

/// <summary>Wakes the one loop; any number of wake-ups before it looks count as one.</summary>
internal sealed class WakeSignal(TimeProvider time, TaskCreationOptions completion)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _waiting;
    private bool _set;

    public void Set()
    {
        TaskCompletionSource? waiting;
        lock (_lock)
        {
            _set = true;
            waiting = _waiting;
            _waiting = null;
        }

        waiting?.TrySetResult();
    }

    /// <summary>Returns when the signal was set, when the delay is over, or when the token is cancelled.</summary>
    public async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        TaskCompletionSource waiting;
        lock (_lock)
        {
            if (_set)
            {
                _set = false;
                return;
            }

            _waiting = waiting = new TaskCompletionSource(completion);
        }

        using var timer = time.CreateTimer(static state => ((WakeSignal)state!).Set(), this, delay, Timeout.InfiniteTimeSpan);
        using var registration = cancellationToken.UnsafeRegister(static state => ((WakeSignal)state!).Set(), this);
        await waiting.Task.ConfigureAwait(false);
        lock (_lock)
        {
            _set = false;
        }
    }
}
