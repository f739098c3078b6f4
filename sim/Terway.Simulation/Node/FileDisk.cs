using Terway.Ipam.Store;

namespace Terway.Simulation;

/// <summary>
/// A disk with the product's own store on it. A loss of power cuts the end off SQLite's write-ahead log, at any byte after what the last
/// flushed commit had written: SQLite has to find out by itself what is whole.
/// </summary>
internal sealed class FileDisk(StoryRandom random, Weather weather, FaultCounts faults) : NodeDisk(random, weather, faults)
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terway-simulation-");
    private readonly StoryRandom _random = random;
    private SqliteLeaseStore? _store;
    private long _flushed;
    private int _sinceFlush;

    internal override StoredPool Content
    {
        get
        {
            Open();
            return _store!.Load();
        }
    }

    private string Database => Path.Combine(_folder.FullName, "terway.db");

    private string Log => Database + "-wal";

    /// <summary>A killed program closes nothing, which leaves the log behind; the next one that opens the store reads it.</summary>
    internal override void Unmount()
    {
        if (_store is null)
            return;
        byte[] database = File.ReadAllBytes(Database), log = File.ReadAllBytes(Log);
        _store.Dispose();
        _store = null;
        File.WriteAllBytes(Database, database);
        File.WriteAllBytes(Log, log);
    }

    internal override void LosePower(int commits)
    {
        if (!File.Exists(Log) || commits == 0 || _sinceFlush == 0)
            return;
        using var log = File.Open(Log, FileMode.Open);
        log.SetLength(Math.Min(log.Length, _flushed + (long)((log.Length - _flushed) * _random.NextDouble())));
    }

    internal override void Wipe()
    {
        Unmount();
        foreach (var file in _folder.EnumerateFiles())
            file.Delete();
    }

    public override void Dispose()
    {
        _store?.Dispose();
        _folder.Delete(recursive: true);
    }

    protected override void Open()
    {
        if (_store is not null)
            return;
        _store = SqliteLeaseStore.Open(Database);
        // Opening a store after a crash reads the log; what it holds by then is not lost any more.
        _flushed = LogLength;
        _sinceFlush = 0;
    }

    protected override void Commit(IReadOnlyList<LedgerChange> changes)
    {
        _store!.Commit(changes);
        _sinceFlush++;
        // The log begins anew after a checkpoint, which flushes.
        if (!IsFlushed(changes) && LogLength >= _flushed && _sinceFlush <= MostUnflushed)
            return;
        _flushed = LogLength;
        _sinceFlush = 0;
    }

    private long LogLength => File.Exists(Log) ? new FileInfo(Log).Length : 0;
}
