using Terway.Ipam;
using Terway.Ipam.Store;

namespace Terway.Simulation;

/// <summary>The disk of the node: it outlives every life of the daemon, fills up now and then, and loses what was not flushed when the
/// power goes.</summary>
internal abstract class NodeDisk(StoryRandom random, Weather weather, FaultCounts faults) : IDisposable
{
    /// <summary>The most commits that wait for a flush: the store's own checkpoints flush as well.</summary>
    protected const int MostUnflushed = 32;

    /// <summary>What the store says now.</summary>
    internal abstract StoredPool Content { get; }

    /// <summary>Opens the store for one life of the daemon.</summary>
    internal ILeaseStore Mount(Reaper reaper)
    {
        Open();
        return new Mounted(this, reaper);
    }

    /// <summary>The life is over: its store is not used any more.</summary>
    internal abstract void Unmount();

    /// <summary>A loss of power takes the last commits away, at most this many, and none that was flushed.</summary>
    internal abstract void LosePower(int commits);

    /// <summary>Somebody deletes the file.</summary>
    internal abstract void Wipe();

    public abstract void Dispose();

    protected abstract void Open();

    protected abstract void Commit(IReadOnlyList<LedgerChange> changes);

    /// <summary>Whether the store must have flushed once the commit returns.</summary>
    protected static bool IsFlushed(IReadOnlyList<LedgerChange> changes)
    {
        foreach (var change in changes)
        {
            if (change is LedgerChange.PutEni { IsIntent: true })
                return true;
        }

        return false;
    }

    private void CommitUnlessFull(IReadOnlyList<LedgerChange> changes)
    {
        if (random.Chance(weather.FullDisk))
        {
            faults.Add("disk full");
            throw new IpamException(IpamErrorCode.StoreFull, "write", "the simulated disk", "it is full", "Wait.", FaultOwner.Store);
        }

        Commit(changes);
    }

    private sealed class Mounted(NodeDisk disk, Reaper reaper) : ILeaseStore
    {
        public StoredPool Load() => disk.Content;

        public void Commit(IReadOnlyList<LedgerChange> changes) => reaper.Effect(() => disk.CommitUnlessFull(changes));

        public void Dispose()
        {
        }
    }
}
