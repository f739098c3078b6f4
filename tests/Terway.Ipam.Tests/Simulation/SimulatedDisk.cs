using Terway.Ipam.Store;

namespace Terway.Ipam.Tests.Simulation;

/// <summary>The disk of the node: it outlives every life of the program, and fills up now and then.</summary>
internal sealed class SimulatedDisk(Random random)
{
    private readonly List<IReadOnlyList<LedgerChange>> _journal = [];

    private bool _compacted;

    public double FullShare { get; set; }

    public double StrikeShare { get; set; }

    public int Commits => _journal.Count;

    public int Refusals { get; private set; }

    public StoredPool Content
    {
        get
        {
            using var store = new InMemoryLeaseStore();
            foreach (var changes in _journal)
                store.Commit(changes);
            return store.Load();
        }
    }

    public ILeaseStore Mount(NodeLife life) => new Mounted(this, life);

    /// <summary>A loss of power takes the last commits away, but none before one that was flushed.</summary>
    public void LosePower(int commits)
    {
        var flushed = _journal.FindLastIndex(changes => changes.Any(change => change is LedgerChange.PutEni { IsIntent: true })) + 1;
        flushed = Math.Max(flushed, _compacted ? 1 : 0);
        commits = Math.Min(commits, _journal.Count - flushed);
        _journal.RemoveRange(_journal.Count - commits, commits);
    }

    /// <summary>Somebody deletes the file.</summary>
    public void Wipe()
    {
        _journal.Clear();
        _compacted = false;
    }

    /// <summary>Keeps the journal short without changing what it says.</summary>
    public void Compact()
    {
        var content = Content;
        _journal.Clear();
        var all = new List<LedgerChange>();
        all.AddRange(content.Leases.Select(lease => new LedgerChange.PutLease(lease)));
        all.AddRange(content.Addresses.Select(address => new LedgerChange.PutAddress(address)));
        all.AddRange(content.Enis.Select(eni => new LedgerChange.PutEni(eni)));
        if (content.Node is { } node)
            all.Add(new LedgerChange.PutNode(node));
        _journal.Add(all);
        _compacted = true;
    }

    private void Commit(NodeLife life, IReadOnlyList<LedgerChange> changes)
    {
        if (life.Dead)
            throw new KilledException();
        if (random.NextDouble() < FullShare)
        {
            Refusals++;
            throw new IpamException(IpamErrorCode.StoreFull, "write", "the simulated disk", "it is full", "Wait.", FaultOwner.Store);
        }

        var strikes = random.NextDouble() < StrikeShare;
        var before = strikes && random.Next(2) == 0;
        if (!before)
            _journal.Add([.. changes]);
        if (!strikes)
            return;
        life.Strike();
        throw new KilledException();
    }

    private sealed class Mounted(SimulatedDisk disk, NodeLife life) : ILeaseStore
    {
        public StoredPool Load() => disk.Content;

        public void Commit(IReadOnlyList<LedgerChange> changes) => disk.Commit(life, changes);

        public void Dispose()
        {
        }
    }
}
