using Terway.Ipam;
using Terway.Ipam.Store;

namespace Terway.Benchmarks.Ipam;

/// <summary>What the pool costs: a lease and a release, a decision of the loop, a commit, a recovery.</summary>
internal static class IpamBenchmark
{
    private const int Rounds = 9;
    private const int Few = 10;
    private const int Many = 5_000;
    private const int Enis = 8;

    internal static void Run(BenchReport report)
    {
        Console.WriteLine($"median of {Rounds} rounds; the peer of a row is the same work as its name says, measured in turns");
        LeasePath(report);
        Planner(report);
        Commits(report);
        Recovery(report);
    }

    /// <summary>A lease and a release of a ready address, without and with a durable store.</summary>
    private static void LeasePath(BenchReport report)
    {
        using var small = PoolBench.Fill(Few, Enis, new ForgetfulStore());
        using var large = PoolBench.Fill(Many, Enis, new ForgetfulStore());
        var requests = Enumerable.Range(0, Many).Select(PoolBench.Request).ToArray();
        var (many, few) = InTurns(() => Cycle(large.Pool, requests, 100_000), () => Cycle(small.Pool, requests, 100_000));
        report.Add($"lease and release, {Many} addresses, no store", many.Milliseconds * 10, "ns", $"{Few} addresses", few.Milliseconds * 10);
        report.Add("  bytes allocated by it, the lease included", many.Bytes / 100_000, "bytes");
        WithStore(store =>
        {
            using var durable = PoolBench.Fill(Few, Enis, store);
            Cycle(durable.Pool, requests, 500);
            var sample = Sample.Median([.. Enumerable.Range(0, Rounds).Select(_ => Sample.Of(() => Cycle(durable.Pool, requests, 500)))]);
            report.Add("lease and release, SQLite store", sample.Milliseconds * 1000 / 500, "µs");
        });
    }

    /// <summary>One decision, as every event causes one: CanLease plans the pool anew.</summary>
    private static void Planner(BenchReport report)
    {
        using var few = PoolBench.Fill(Few, Enis, new ForgetfulStore());
        using var many = PoolBench.Fill(Many, Enis, new ForgetfulStore());
        var (large, small) = InTurns(() => Plan(many.Pool), () => Plan(few.Pool));
        report.Add($"plan for one event, {Many} addresses", large.Milliseconds, "µs", $"{Few} addresses", small.Milliseconds);
    }

    private static void Commits(BenchReport report)
    {
        var eni = new StoredEni
        {
            Token = new Terway.Cloud.ClientToken("bench"),
            Intent = new EniIntent { VSwitch = new Terway.Cloud.VSwitchId("vsw-1"), Addresses = 10 },
            RequestedAt = DateTimeOffset.UnixEpoch,
        };
        var address = new LedgerChange.PutAddress(new StoredAddress(System.Net.IPAddress.Parse("10.1.0.1"), new Terway.Cloud.EniId("eni-1"), StoredAddressKind.Resting, DateTimeOffset.UnixEpoch));
        WithStore(store =>
        {
            var (synced, unsynced) = InTurns(() => Commit(store, new LedgerChange.PutEni(eni), 100), () => Commit(store, address, 100));
            report.Add("commit with a sync (the intent of a creation)", synced.Milliseconds * 10, "µs", "without a sync", unsynced.Milliseconds * 10);
        });
    }

    private static void Recovery(BenchReport report)
    {
        WithStore(store =>
        {
            using var full = PoolBench.Fill(Many, Enis, store);
            foreach (var request in Enumerable.Range(0, Many).Select(PoolBench.Request))
                _ = full.Pool.TryLease(request) ?? throw new InvalidOperationException("An address that was ready is not.");
            var samples = new List<Sample>();
            for (var round = -1; round < Rounds; round++)
            {
                var sample = Sample.Of(() => full.Start(store));
                if (full.Pool.Snapshot().Leases.Length != Many)
                    throw new InvalidOperationException("The recovery lost a lease.");
                if (round >= 0)
                    samples.Add(sample);
            }

            report.Add($"recovery of {Many} leases from the store", Sample.Median(samples).Milliseconds, "ms");
        });
    }

    private static void Cycle(EniPool pool, LeaseRequest[] requests, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var request = requests[i % requests.Length];
            _ = pool.TryLease(request) ?? throw new InvalidOperationException("An address that was ready is not.");
            pool.Release(request.Attachment);
        }
    }

    private static void Plan(EniPool pool)
    {
        for (var i = 0; i < 1000; i++)
        {
            if (!pool.CanLease().CanLease)
                throw new InvalidOperationException("The pool is not ready.");
        }
    }

    private static void Commit(ILeaseStore store, LedgerChange change, int count)
    {
        for (var i = 0; i < count; i++)
            store.Commit([change]);
    }

    private static void WithStore(Action<ILeaseStore> measure)
    {
        var folder = Directory.CreateTempSubdirectory("terway-bench-");
        try
        {
            using var store = SqliteLeaseStore.Open(Path.Combine(folder.FullName, "leases.db"));
            measure(store);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Two kinds of work in turns, so that whatever else the machine does meets both; the first round does not count.</summary>
    private static (Sample One, Sample Other) InTurns(Action one, Action other)
    {
        List<Sample> ones = [], others = [];
        for (var round = -1; round < Rounds; round++)
        {
            var (first, second) = (Sample.Of(one), Sample.Of(other));
            if (round < 0)
                continue;
            ones.Add(first);
            others.Add(second);
        }

        return (Sample.Median(ones), Sample.Median(others));
    }
}
