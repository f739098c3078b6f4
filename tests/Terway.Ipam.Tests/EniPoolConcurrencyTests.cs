using System.Collections.Concurrent;
using System.Net;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Ipam.Store;

namespace Terway.Ipam.Tests;

/// <summary>The pool on real threads and the system's clock: what the single-threaded simulation cannot see.</summary>
public sealed class EniPoolConcurrencyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("terway-ipam-threads-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Many_threads_never_hold_one_address_twice()
    {
        using var cloud = new CloudEmulator(new CloudEmulatorOptions { DefaultActionLimit = int.MaxValue, ActionLimits = new Dictionary<string, int>() });
        var vpc = cloud.AddVpc(IPNetwork.Parse("10.0.0.0/16"));
        var vSwitch = cloud.AddVSwitch(new VSwitchSpec { VpcId = vpc, ZoneId = new ZoneId("zone-a"), Cidr = IPNetwork.Parse("10.0.0.0/20") });
        var instance = await cloud.AddInstanceAsync(new InstanceSpec
        {
            InstanceType = new InstanceTypeId("ecs.g7.4xlarge"),
            VSwitchId = vSwitch,
            SecurityGroupIds = [cloud.AddSecurityGroup(vpc)],
        });
        using var store = SqliteLeaseStore.Open(Path.Combine(_folder, "leases.db"));
        using var stop = new CancellationTokenSource();
        await using var pool = new EniPool(new EniPoolOptions { Rest = TimeSpan.Zero, BatchDelay = TimeSpan.Zero, MaxPoolSize = 20 },
            cloud.CreateEniApi(), cloud.CreateInstanceMetadata(instance), store);
        await pool.RecoverAsync([]);
        var running = pool.RunAsync(stop.Token);
        var held = new ConcurrentDictionary<IPAddress, AttachmentKey>();

        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (pod, cancellationToken) =>
        {
            var lease = await pool.LeaseAsync(PoolFixture.Request(pod), cancellationToken);
            held.TryAdd(lease.Address, lease.Attachment).Should().BeTrue($"{lease.Address} must not be held already");
            if (pod % 7 == 0)
                pool.SetPayload(lease.Attachment, new byte[] { 1 });
            held.TryRemove(lease.Address, out _);
            pool.Release(lease.Attachment).Should().NotBeNull();
        });

        pool.Snapshot().Leases.Should().BeEmpty();
        store.Load().Leases.Should().BeEmpty();
        await stop.CancelAsync();
        await running;
    }
}
