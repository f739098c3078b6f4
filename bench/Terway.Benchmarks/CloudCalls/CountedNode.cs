using System.Net;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Ipam;
using Terway.Ipam.Store;
using Terway.Simulation;

namespace Terway.Benchmarks.CloudCalls;

/// <summary>A pool on an emulated cloud whose calls are counted, in virtual time and on one thread.</summary>
internal sealed class CountedNode : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly VirtualTime _time = new();
    private readonly CloudEmulator _cloud;
    private readonly EniPool _pool;
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<AttachmentKey> _pods = new();
    private readonly EmulatorLatencies _latencies = EmulatorLatencies.Realistic;
    private readonly int _addressesPerEni;
    private int _started;

    internal CountedNode(int enis, int addressesPerEni)
    {
        _addressesPerEni = addressesPerEni;
        _cloud = new CloudEmulator(new CloudEmulatorOptions { TimeProvider = _time, Latencies = _latencies, OnCall = _ => Calls++ });
        var type = new InstanceTypeId("ecs.bench");
        _cloud.AddInstanceType(new InstanceTypeLimits { InstanceType = type, CpuCoreCount = 128, MemorySize = 512, EniQuantity = enis + 1, EniTotalQuantity = enis + 1, Ipv4PerEni = addressesPerEni, Ipv6PerEni = 0 });
        var vpc = _cloud.AddVpc(IPNetwork.Parse("10.0.0.0/8"));
        var vSwitch = _cloud.AddVSwitch(new VSwitchSpec { VpcId = vpc, ZoneId = new ZoneId("zone-a"), Cidr = IPNetwork.Parse("10.0.0.0/18") });
        var adding = _cloud.AddInstanceAsync(new InstanceSpec { InstanceType = type, VSwitchId = vSwitch, SecurityGroupIds = [_cloud.AddSecurityGroup(vpc)] });
        Pass(TimeSpan.FromSeconds(10));
        var instance = adding.GetAwaiter().GetResult();
        Calls = 0;
        _pool = new EniPool(
            new EniPoolOptions { MaxPoolSize = 10, BatchSize = EniPoolOptions.MaxBatchSize }, _cloud.CreateEniApi(), _cloud.CreateInstanceMetadata(instance), new InMemoryLeaseStore(),
            links: null, _time, new Random(1), logger: null, TaskCreationOptions.None);
        var recovery = _pool.RecoverAsync([]);
        Pass(TimeSpan.FromSeconds(1));
        recovery.GetAwaiter().GetResult();
        _ = _pool.RunAsync(_stop.Token);
    }

    /// <summary>Calls to the cloud so far; the metadata service's are not among them.</summary>
    internal long Calls { get; private set; }

    /// <summary>How long the last pod of the burst waited.</summary>
    internal TimeSpan LastWait { get; private set; }

    /// <summary>Starts pods all at once and waits for each.</summary>
    internal void Burst(int pods)
    {
        var start = _time.Now;
        var asked = Enumerable.Range(0, pods).Select(_ => Ask()).ToList();
        while (asked.Exists(lease => !lease.IsCompleted))
            Pass(Moment);
        foreach (var lease in asked)
            lease.GetAwaiter().GetResult();
        LastWait = _time.Now - start;
    }

    /// <summary>Lets the oldest pod go and a new one come, again and again.</summary>
    internal void Turn(int times, TimeSpan between)
    {
        for (var i = 0; i < times; i++)
        {
            _pool.Release(_pods.Dequeue());
            var asked = Ask();
            Pass(between);
            while (!asked.IsCompleted)
                Pass(Moment);
            asked.GetAwaiter().GetResult();
        }
    }

    internal void Pass(TimeSpan time) => _time.Advance(time);

    /// <summary>What the emulated latencies leave room for: a look at the node, then as many rounds of creations and attachments as may run at once.</summary>
    internal double FewestSeconds(int pods)
    {
        var options = new EniPoolOptions();
        var enis = (pods + _addressesPerEni - 1) / _addressesPerEni;
        var rounds = (enis + options.MaxParallelCreates - 1) / options.MaxParallelCreates;
        return rounds * (_latencies.Create.Min + _latencies.Attach.Min).TotalSeconds;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _cloud.Dispose();
    }

    private Task<Lease> Ask()
    {
        var attachment = new AttachmentKey($"sandbox-{++_started}", "eth0");
        _pods.Enqueue(attachment);
        return _pool.LeaseAsync(new LeaseRequest { Attachment = attachment, Pod = new PodKey("bench", $"pod-{_started}") }).AsTask();
    }
}
