using Terway.Netlink;
using Terway.Policy.Dataplane.Internal;
using Terway.Policy.Dataplane.Nftables.Internal;
using Terway.Policy.Nftables;

namespace Terway.Policy.Dataplane.Nftables;

/// <summary>Enforces policy by a table of nftables of its own, over netlink.</summary>
/// <remarks>
/// Each change is one transaction, of which no packet sees a part. Needs CAP_NET_ADMIN and connection tracking. Not safe for use by several threads
/// at once but for <see cref="WaitForForeignChangeAsync"/>.
/// </remarks>
public sealed class NftablesBackend : IPolicyBackend
{
    /// <summary>How often a transaction gives way to others that come between, before it no longer minds them.</summary>
    private const int MaxStale = 16;

    /// <summary>Each round reads back and mends, or closes what was refused.</summary>
    private const int MaxRounds = 32;

    private readonly NfTables _kernel;
    private readonly NftTransaction _transaction;
    private readonly NftTableKey _table;
    private readonly NftablesRenderer _renderer;
    private readonly RuleCompiler _rules;
    private readonly SetCompiler _sets;
    private readonly TableWriter _writer;
    private readonly ClosedObjects _closed = new();
    private readonly OwnGenerations _own = new();
    private readonly ForeignChanges _foreign;

    /// <summary>Whether the kernel's table is, as far as is known here, the one that is wanted.</summary>
    private bool _isKnown;

    private NftablesBackend(NetworkNamespace? target, NftablesOptions options)
    {
        _renderer = new(options);
        _table = new(NftFamily.Inet, options.Table);
        _rules = new(_table);
        _sets = new(_table);
        _writer = new(_table, _closed, _rules, _sets);
        _foreign = new(target, generation => _own.Contains(generation.Id), change => TableChanges.TableOf(change) == _table);
        _kernel = target is null ? NfTables.Open() : NfTables.Open(target);
        _transaction = _kernel.CreateTransaction();
    }

    /// <summary>Connects to the kernel; nothing is changed yet.</summary>
    /// <param name="target">The node's network namespace, which may be disposed of before the backend; null for that of the calling thread.</param>
    /// <param name="options">How to render; null for the defaults.</param>
    /// <exception cref="PolicyDataplaneException">The kernel refused.</exception>
    public static NftablesBackend Open(NetworkNamespace? target = null, NftablesOptions? options = null)
    {
        try
        {
            return new(target, options ?? new());
        }
        catch (NetlinkException e)
        {
            throw Failure("PolicyKernelRefused", "policy could not connect to nf_tables", e);
        }
    }

    /// <inheritdoc/>
    public BackendReport Apply(IReadOnlyList<PolicyEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var change = _renderer.Apply(events);
        if (!_isKnown || !_closed.IsEmpty)
            return Reconcile();
        if (change.IsEmpty)
            return Report(0);
        var table = TableChange.Of(change);
        if (table.HasUnusableLinks)
            return Reconcile();
        var (result, _) = Guard($"policy could not be changed in table {_table}", () => Commit(table));
        // What was refused may have been so because somebody changed the table: the repair looks at it before it blames our own.
        return result.Succeeded ? Report(result.Count) : Reconcile();
    }

    /// <inheritdoc/>
    public BackendReport Reconcile() => Guard($"policy could not be compared with table {_table}", () =>
    {
        _isKnown = false;
        var wanted = _renderer.Ruleset;
        _closed.Clear();
        _closed.CloseUnusableLinks(wanted);
        var modifications = 0;
        var differing = "";
        for (var round = 0; round < MaxRounds; round++)
        {
            var change = new TableDiff(wanted, _closed, _rules, _sets).From(_kernel.ReadTable(_table));
            if (change.IsEmpty)
            {
                _isKnown = true;
                return Report(modifications);
            }

            differing = change.ToString();
            var (result, subjects) = Commit(change);
            if (result.Succeeded)
                modifications += result.Count;
            else
                Close(result, subjects, wanted);
        }

        throw Failure("PolicyNotSettled", $"policy in table {_table} was changed as often as it was mended: {differing}", null);
    });

    /// <inheritdoc/>
    public Task WaitForForeignChangeAsync(CancellationToken cancellationToken) => _foreign.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<PolicyCounter> ReadCounters() => Guard($"policy's counters could not be read from table {_table}", () =>
        RuleCounters.Sum(_kernel.ListRules(_table), _renderer.FindChain));

    /// <inheritdoc/>
    public void Remove() => Guard($"policy could not be removed: table {_table}", () =>
    {
        _isKnown = false;
        if (_kernel.FindTable(_table) is null)
            return true;
        _transaction.Tables.Delete(_table);
        _transaction.Commit().ThrowIfFailed();
        return true;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _foreign.Dispose();
        _kernel.Dispose();
    }

    private (NftTransactionResult Result, List<string> Subjects) Commit(TableChange change)
    {
        for (var attempt = 0; ; attempt++)
        {
            uint? expected = attempt < MaxStale ? _kernel.GetGeneration().Id : null;
            var subjects = _writer.Write(change, _transaction);
            if (expected is { } known)
                _own.Expect(known + 1);
            var result = _transaction.Commit(expected);
            if (!result.Succeeded && expected is { } notMade)
                _own.Forget(notMade + 1);
            if (!result.IsStale)
                return (result, subjects);
        }
    }

    /// <summary>The kernel names every step that it refuses. One that cannot be closed leaves nothing else to try.</summary>
    private void Close(NftTransactionResult result, List<string> subjects, Ruleset wanted)
    {
        var closedOne = false;
        foreach (var failure in result.Failures)
        {
            if (failure.Change is { } number)
                closedOne |= _closed.TryClose(subjects[number], failure.Error, wanted);
        }

        if (!closedOne)
            throw Failure("PolicyKernelRefused", $"the kernel refuses table {_table}", result.Failures[0].Error);
    }

    private BackendReport Report(int modifications) => new(modifications, _closed.Refused);

    /// <summary>Turns the failures of the socket into ours. What the kernel has after one is not known.</summary>
    private T Guard<T>(string attempt, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (NetlinkException e)
        {
            _isKnown = false;
            throw Failure("PolicyKernelRefused", attempt, e);
        }
    }

    private static PolicyDataplaneException Failure(string code, string attempt, NetlinkException? cause) => new(
        code,
        cause is null ? attempt : $"{attempt}: {cause.Message}",
        "See that the program has CAP_NET_ADMIN, that the kernel has nf_tables and connection tracking, and that no other program owns the table.",
        cause);
}
