using Terway.Netlink;

namespace Terway.Policy.Dataplane.Nftables.Internal;

/// <summary>Hears of changes of a table that were not made here.</summary>
internal sealed class ForeignChanges : IDisposable
{
    /// <summary>Room for the notifications of a large transaction of our own. What does not fit costs a look at the table.</summary>
    private const int BufferSize = 4 * 1024 * 1024;

    private readonly NftTableKey _table;
    private readonly OwnGenerations _own;
    private readonly NfTablesMonitor _monitor;
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _heard = new(0, 1);
    private readonly Lock _lock = new();
    private Task? _listening;
    private bool _isDisposed;

    internal ForeignChanges(NetworkNamespace? target, NftTableKey table, OwnGenerations own)
    {
        _table = table;
        _own = own;
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
        var concerns = false;
        await foreach (var change in _monitor.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (change is NetworkChange<NftGeneration> { Message: var generation })
            {
                if (concerns && !_own.Contains(generation.Id))
                    Tell();
                concerns = false;
            }
            else if (change is NetworkResync)
            {
                // The first one only says that listening began, which it did before the table was first read.
                if (!isFirst)
                    Tell();
            }
            else
            {
                concerns = concerns || TableOf(change) == _table;
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

    private static NftTableKey? TableOf(NetworkChange change) => change switch
    {
        NetworkChange<NftTable> { Message: var table } => table.Key,
        NetworkChange<NftChain> { Message: var chain } => chain.Key.Table,
        NetworkChange<NftRule> { Message: var rule } => rule.Chain.Table,
        NetworkChange<NftSet> { Message: var set } => set.Key.Table,
        NetworkChange<NftElementList> { Message: var elements } => elements.Set.Table,
        _ => null,
    };
}
