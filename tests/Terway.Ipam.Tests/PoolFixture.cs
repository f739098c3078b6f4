using System.Net;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Ipam.Store;
using Terway.Testing;

namespace Terway.Ipam.Tests;

/// <summary>A pool on the emulated cloud, in virtual time, on the test's own thread.</summary>
internal sealed class PoolFixture
{
    private readonly List<string> _calls;
    private readonly List<CancellationTokenSource> _lives = [];
    private Task _running = Task.CompletedTask;

    private PoolFixture(CloudEmulator cloud, FakeTimeProvider time, VpcId vpc, InstanceId instance, IReadOnlyList<VSwitchId> vSwitches, List<string> calls)
    {
        _calls = calls;
        Cloud = cloud;
        Time = time;
        Vpc = vpc;
        Instance = instance;
        VSwitches = vSwitches;
    }

    public CloudEmulator Cloud { get; }

    public FakeTimeProvider Time { get; }

    public VpcId Vpc { get; }

    public InstanceId Instance { get; }

    public IReadOnlyList<VSwitchId> VSwitches { get; }

    public ILeaseStore Store { get; set; } = new InMemoryLeaseStore();

    public INodeLinks? Links { get; set; }

    public EniPool Pool { get; private set; } = null!;

    public IEnumerable<NetworkInterface> OwnEnis => Cloud.Interfaces.Where(eni => eni.Type == EniType.Secondary);

    /// <summary>An instance with 3 ENIs (2 for the pool) of 6 addresses each.</summary>
    public static Task<PoolFixture> CreateAsync(EmulatorLatencies? latencies = null, string type = "ecs.g7.large", params string[] subnets) =>
        CreateAsync(latencies, type, subnet6: null, subnets);

    /// <summary>The same, with IPv6 on its one vSwitch.</summary>
    public static async Task<PoolFixture> CreateAsync(EmulatorLatencies? latencies, string type, IPNetwork? subnet6, params string[] subnets)
    {
        var time = new FakeTimeProvider();
        var calls = new List<string>();
        var cloud = new CloudEmulator(new CloudEmulatorOptions
        {
            TimeProvider = time,
            Latencies = latencies ?? EmulatorLatencies.None,
            OnCall = call => calls.Add(call.Call.Action),
        });
        var vpc = cloud.AddVpc(IPNetwork.Parse("10.0.0.0/16"));
        var group = cloud.AddSecurityGroup(vpc);
        List<VSwitchId> vSwitches = [];
        foreach (var subnet in subnets.Length == 0 ? ["10.0.0.0/24"] : subnets)
            vSwitches.Add(cloud.AddVSwitch(new VSwitchSpec { VpcId = vpc, ZoneId = new ZoneId("cn-hangzhou-k"), Cidr = IPNetwork.Parse(subnet), Ipv6Cidr = subnet6 }));
        var instance = await cloud.AddInstanceAsync(new InstanceSpec { InstanceType = new InstanceTypeId(type), VSwitchId = vSwitches[0], SecurityGroupIds = [group] });
        calls.Clear();
        return new PoolFixture(cloud, time, vpc, instance, vSwitches, calls);
    }

    public static LeaseRequest Request(int pod) => new()
    {
        Attachment = Attachment(pod),
        Pod = new PodKey("default", $"pod-{pod}"),
        RequestId = $"request-{pod}",
    };

    public static AttachmentKey Attachment(int pod) => new($"sandbox-{pod}", "eth0");

    /// <summary>Starts a pool, or another one on the same store, as after a restart.</summary>
    public async Task StartAsync(Action<EniPoolOptions>? configure = null, params ObservedAttachment[] observed)
    {
        var options = new EniPoolOptions { VSwitchSelection = VSwitchSelection.Ordered };
        foreach (var vSwitch in VSwitches)
            options.VSwitches.Add(vSwitch);
        configure?.Invoke(options);
        Pool = new EniPool(options, Cloud.CreateEniApi(), Cloud.CreateInstanceMetadata(Instance), Store, Links, Time, new Random(1 + _lives.Count), logger: null, TaskCreationOptions.None);
        await Pool.RecoverAsync(observed);
        var life = new CancellationTokenSource();
        _lives.Add(life);
        _running = Pool.RunAsync(life.Token);
    }

    /// <summary>The program ends without a word.</summary>
    public async Task KillAsync()
    {
        await _lives[^1].CancelAsync();
        await _running;
    }

    public Lease Lease(int pod)
    {
        var asked = Pool.LeaseAsync(Request(pod)).AsTask();
        for (var i = 0; i < 400 && !asked.IsCompleted; i++)
            Time.Advance(TimeSpan.FromMilliseconds(100));
        asked.IsCompleted.Should().BeTrue("the lease should have come, or failed, within 40 s");
        return asked.GetAwaiter().GetResult();
    }

    public IpamException LeaseFails(int pod)
    {
        Action lease = () => Lease(pod);
        return lease.Should().Throw<IpamException>().Which;
    }

    public void Pass(double seconds)
    {
        for (var passed = 0.0; passed < seconds; passed += 0.5)
            Time.Advance(TimeSpan.FromSeconds(0.5));
    }

    public int CountCalls(string action) => _calls.Count(call => call == action);

    public int CallCount => _calls.Count;
}
