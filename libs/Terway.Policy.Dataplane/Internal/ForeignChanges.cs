using Terway.Netlink;

namespace Terway.Policy.Dataplane.Internal;

/// <summary>Hears of changes in nf_tables that matter to a backend and were not made by it. Safe for use by several threads at once.</summary>
internal sealed class ForeignChanges : IDisposable
{
    /// <summary>Room for the notifications of a large change of our own. What does not fit costs a look at the tables.</summary>
    private const int BufferSize = 4 * 1024 * 1024;

    private readonly Func<NftGeneration, bool> _isOwn;
    private readonly Func<NetworkChange, bool> _matters;
    private readonly NfTablesMonitor _monitor;
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _heard = new(0, 1);
    private readonly Lock _lock = new();
    private Task? _listening;
    private bool _isDisposed;

    /// <summary>Hears from now on; what it heard is told by <see cref="WaitAsync"/>.</summary>
    /// <param name="target">The namespace; null is the thread's.</param>
    /// <param name="isOwn">Whether the transaction that ended with this generation was ours.</param>
    /// <param name="matters">Whether a transaction with this change matters.</param>
    internal ForeignChanges(NetworkNamespace? target, Func<NftGeneration, bool> isOwn, Func<NetworkChange, bool> matters)
    {
        _isOwn = isOwn;
        _matters = matters;
        _monitor = target is null ? NfTablesMonitor.Open(BufferSize) : NfTablesMonitor.Open(target, BufferSize);
    }

    /// <summary>Completes at a change by others since this last completed, or when one may have been missed.</summary>
    internal async Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            _listening ??= ListenAsync(_end.Token);
        var heard = _heard.WaitAsync(cancellationToken);
        // Listening ends only with a failure, which whoever waits must get to know.
        await (await Task.WhenAny(heard, _listening).ConfigureAwait(false)).ConfigureAwait(false);
    }

    public void Dispose()
    {
        lock (_lock)
            _isDisposed = true;
        _end.Cancel();
        _monitor.Dispose();
        _end.Dispose();
        _heard.Dispose();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var isFirst = true;
        var matters = false;
        await foreach (var change in _monitor.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (change is NetworkChange<NftGeneration> { Message: var generation })
            {
                if (matters && !_isOwn(generation))
                    Tell();
                matters = false;
            }
            else if (change is NetworkResync)
            {
                // The first one only says that listening began, which it did before the tables were first read.
                if (!isFirst)
                    Tell();
            }
            else
            {
                matters = matters || _matters(change);
            }

            isFirst = false;
        }
    }

    private void Tell()
    {
        lock (_lock)
        {
            if (!_isDisposed && _heard.CurrentCount == 0)
                _heard.Release();
        }
    }
}
