using Terway.Netlink;

namespace Terway.Policy.Dataplane.Iptables.Internal;

/// <summary>Hears, where iptables is the nft variant, of changes of our chains and of losses of our hooks that were not made here.</summary>
internal sealed class ForeignRules : IDisposable
{
    /// <summary>Room for the notifications of a large change of our own. What does not fit costs a look at the tables.</summary>
    private const int BufferSize = 4 * 1024 * 1024;

    private readonly OwnProcesses _own;
    private readonly NfTablesMonitor _monitor;
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _heard = new(0, 1);
    private readonly Lock _lock = new();
    private Task? _listening;

    internal ForeignRules(NetworkNamespace? target, OwnProcesses own)
    {
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
                if (concerns && !(generation.ProcessId is { } process && _own.Contains(process)))
                    Tell();
                concerns = false;
            }
            else if (change is NetworkResync)
            {
                // The first one only says that listening began, which it did before the tables were first read.
                if (!isFirst)
                    Tell();
            }
            else
            {
                concerns = concerns || Concerns(change);
            }

            isFirst = false;
        }
    }

    /// <summary>Others may put rules before ours without a fight; that is looked at from time to time only.</summary>
    private static bool Concerns(NetworkChange change) => change switch
    {
        NetworkChange<NftRule> { Message: var rule } when IsOurs(rule.Chain.Name) => true,
        NetworkChange<NftRule> { Action: NetworkChangeAction.Removed, Message: var rule } => IsIptables(rule.Chain.Table),
        NetworkChange<NftChain> { Action: NetworkChangeAction.Removed, Message: var chain } => IsOurs(chain.Key.Name) || IsIptables(chain.Key.Table),
        NetworkChange<NftTable> { Action: NetworkChangeAction.Removed, Message: var table } => IsIptables(table.Key),
        _ => false,
    };

    private static bool IsOurs(string chain) => chain.StartsWith("cali-", StringComparison.Ordinal);

    private static bool IsIptables(NftTableKey table) =>
        table.Family is NftFamily.IPv4 or NftFamily.IPv6 && IptablesDiff.Tables.Contains(table.Name, StringComparer.Ordinal);

    private void Tell()
    {
        lock (_lock)
        {
            if (_heard.CurrentCount == 0)
                _heard.Release();
        }
    }
}
