using Terway.Ipam.Store;

namespace Terway.Simulation;

/// <summary>A disk in memory: what was flushed, and the commits since.</summary>
internal sealed class MemoryDisk(StoryRandom random, Weather weather, FaultCounts faults) : NodeDisk(random, weather, faults)
{
    private readonly List<IReadOnlyList<LedgerChange>> _unflushed = [];
    private InMemoryLeaseStore _flushed = new();
    private InMemoryLeaseStore _current = new();

    internal override StoredPool Content => _current.Load();

    internal override void Unmount()
    {
    }

    internal override void LosePower(int commits)
    {
        _unflushed.RemoveRange(Math.Max(0, _unflushed.Count - commits), Math.Min(commits, _unflushed.Count));
        _current = new InMemoryLeaseStore();
        _current.Commit(Everything(_flushed.Load()));
        foreach (var changes in _unflushed)
            _current.Commit(changes);
        Flush();
    }

    internal override void Wipe()
    {
        _unflushed.Clear();
        _flushed = new InMemoryLeaseStore();
        _current = new InMemoryLeaseStore();
    }

    public override void Dispose()
    {
        _flushed.Dispose();
        _current.Dispose();
    }

    protected override void Open()
    {
    }

    protected override void Commit(IReadOnlyList<LedgerChange> changes)
    {
        _current.Commit(changes);
        _unflushed.Add(changes);
        if (_unflushed.Count > MostUnflushed || IsFlushed(changes))
            Flush();
    }

    private void Flush()
    {
        foreach (var changes in _unflushed)
            _flushed.Commit(changes);
        _unflushed.Clear();
    }

    private static List<LedgerChange> Everything(StoredPool content)
    {
        List<LedgerChange> all =
        [
            .. content.Leases.Select(lease => new LedgerChange.PutLease(lease)),
            .. content.Addresses.Select(address => new LedgerChange.PutAddress(address)),
            .. content.Enis.Select(eni => new LedgerChange.PutEni(eni)),
        ];
        if (content.Node is { } node)
            all.Add(new LedgerChange.PutNode(node));
        return all;
    }
}
