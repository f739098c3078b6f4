using System.Net;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Ipam;
using Terway.Ipam.States;
using Terway.Ipam.Store;
using Terway.Testing;

namespace Terway.Benchmarks.Ipam;

/// <summary>A pool with so many ready addresses on so many ENIs, on the emulated cloud in virtual time.</summary>
internal sealed class PoolBench : IDisposable
{
    private readonly CloudEmulator _cloud;
    private readonly InstanceId _instance;
    private readonly FakeTimeProvider _time;
    private readonly EniPoolOptions _options;

    private PoolBench(CloudEmulator cloud, FakeTimeProvider time, InstanceId instance, EniPoolOptions options)
    {
        _cloud = cloud;
        _time = time;
        _instance = instance;
        _options = options;
        Pool = null!;
    }

    internal EniPool Pool { get; private set; }

    internal static PoolBench Fill(int addresses, int enis, ILeaseStore store)
    {
        var time = new FakeTimeProvider();
        var cloud = new CloudEmulator(new CloudEmulatorOptions { TimeProvider = time, Latencies = EmulatorLatencies.None });
        var type = new InstanceTypeId("ecs.bench");
        cloud.AddInstanceType(new InstanceTypeLimits
        {
            InstanceType = type,
            EniQuantity = enis + 1,
            EniTotalQuantity = enis + 1,
            Ipv4PerEni = Math.Max(2, (addresses + enis - 1) / enis),
            Ipv6PerEni = 0,
        });
        var vpc = cloud.AddVpc(IPNetwork.Parse("10.0.0.0/8"));
        var vSwitch = cloud.AddVSwitch(new VSwitchSpec { VpcId = vpc, ZoneId = new ZoneId("zone-a"), Cidr = IPNetwork.Parse("10.1.0.0/16") });
        var group = cloud.AddSecurityGroup(vpc, SecurityGroupType.Enterprise);
        var instance = cloud.AddInstanceAsync(new InstanceSpec { InstanceType = type, VSwitchId = vSwitch, SecurityGroupIds = [group] }).GetAwaiter().GetResult();
        var bench = new PoolBench(cloud, time, instance, new EniPoolOptions
        {
            MinPoolSize = addresses,
            MaxPoolSize = addresses,
            BatchSize = EniPoolOptions.MaxBatchSize,
            Rest = TimeSpan.Zero,
            CallTimeout = TimeSpan.FromMinutes(5),
        });
        bench.Start(store);
        _ = bench.Pool.RunAsync(CancellationToken.None);
        while (bench.Ready < addresses)
        {
            time.Advance(TimeSpan.FromMilliseconds(200));
            // The pool works on other threads, whose calls would time out if the clock ran ahead of them.
            Thread.Sleep(1);
        }

        return bench;
    }

    /// <summary>A pool of the same node on what a store holds; its loop does not run.</summary>
    internal void Start(ILeaseStore store)
    {
        Pool = new EniPool(_options, _cloud.CreateEniApi(), _cloud.CreateInstanceMetadata(_instance), store, time: _time, random: new Random(1));
        Pool.RecoverAsync([]).GetAwaiter().GetResult();
    }

    internal static LeaseRequest Request(int pod) => new()
    {
        Attachment = new AttachmentKey($"sandbox-{pod}", "eth0"),
        Pod = new PodKey("default", $"pod-{pod}"),
    };

    public void Dispose() => _cloud.Dispose();

    private int Ready => Pool.Snapshot().Enis.Sum(eni => eni.State == EniState.InUse ? eni.Addresses.Count(address => address.State == AddressState.Idle) : 0);
}
