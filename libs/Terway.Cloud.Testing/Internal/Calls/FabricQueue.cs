namespace Terway.Cloud.Testing.Internal;

/// <summary>Delivers changes to the fabric one at a time, in the order in which they were made.</summary>
internal sealed class FabricQueue(IVpcFabric fabric, CancellationToken cancellationToken)
{
    private readonly Lock _gate = new();
    private readonly Queue<Notice> _queue = new();
    private Task _pump = Task.CompletedTask;
    private bool _running;

    /// <summary>Takes a change in, in the order of calls; <see cref="Pump"/> must follow once no lock is held.</summary>
    /// <returns>Ends when the fabric has taken the change, or with its exception.</returns>
    internal Task Enqueue(Func<IVpcFabric, CancellationToken, ValueTask> change)
    {
        var notice = new Notice(change, new TaskCompletionSource());
        lock (_gate)
            _queue.Enqueue(notice);
        return notice.Done.Task;
    }

    /// <summary>Delivers what is queued, unless somebody else is already at it.</summary>
    internal void Pump()
    {
        lock (_gate)
        {
            if (_running)
                return;
            _running = true;
        }
        _pump = PumpAsync();
    }

    /// <summary>Ends when nothing is queued any more.</summary>
    internal Task DrainAsync() => _pump;

    private async Task PumpAsync()
    {
        while (TryNext(out var notice))
        {
            try
            {
                await notice.Change(fabric, cancellationToken).ConfigureAwait(false);
                notice.Done.SetResult();
            }
            catch (Exception failure)
            {
                // Whoever waits for this change decides what its failure means.
                notice.Done.SetException(failure);
            }
        }
    }

    private bool TryNext(out Notice notice)
    {
        lock (_gate)
            return _running = _queue.TryDequeue(out notice!);
    }

    private sealed record Notice(Func<IVpcFabric, CancellationToken, ValueTask> Change, TaskCompletionSource Done);
}
