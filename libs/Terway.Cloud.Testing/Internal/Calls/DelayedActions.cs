namespace Terway.Cloud.Testing.Internal;

/// <summary>Runs actions after a time of the emulator's clock; without a delay at once, on the caller's thread.</summary>
internal sealed class DelayedActions(TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<Pending> _pending = [];
    private bool _disposed;

    internal void Run(TimeSpan delay, Action action)
    {
        if (delay <= TimeSpan.Zero)
        {
            action();
            return;
        }
        lock (_gate)
        {
            if (_disposed)
                return;
            var pending = new Pending(this, action);
            _pending.Add(pending);
            pending.Timer = time.CreateTimer(static state => ((Pending)state!).Fire(), pending, delay, Timeout.InfiniteTimeSpan);
        }
    }

    internal Task WaitAsync(TimeSpan delay)
    {
        var done = new TaskCompletionSource();
        Run(delay, done.SetResult);
        return done.Task;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (var pending in _pending)
                pending.Timer?.Dispose();
            _pending.Clear();
        }
    }

    private sealed class Pending(DelayedActions owner, Action action)
    {
        internal ITimer? Timer { get; set; }

        internal void Fire()
        {
            lock (owner._gate)
            {
                if (!owner._pending.Remove(this))
                    return;
                Timer?.Dispose();
            }
            action();
        }
    }
}
