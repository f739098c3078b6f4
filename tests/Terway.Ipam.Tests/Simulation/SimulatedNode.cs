using Terway.Testing;

namespace Terway.Ipam.Tests.Simulation;

/// <summary>The node's program through all its lives: started, killed, started again on the same disk.</summary>
internal sealed class SimulatedNode(SimulationSetup setup, Random random, FakeTimeProvider time, SimulatedVpc vpc, PodCrowd pods, StoryChecker checker, StoryLog log)
{
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private readonly int _minIdle = random.Next(3);
    private int _lives;

    public SimulatedDisk Disk { get; } = new(random);

    public NodeLife Life { get; private set; } = new();

    public EniPool Pool { get; private set; } = null!;

    public int Kills { get; private set; }

    /// <summary>The low mark, which some nodes count in ENIs.</summary>
    public int MinIdle => MinEni > 0 ? Math.Min(MinEni * vpc.Limits.Ipv4PerEni, MaxIdle) : _minIdle;

    public int MaxIdle { get; } = 2 + random.Next(5);

    /// <summary>The high mark; where idle addresses are reclaimed, quiet time leaves the low one.</summary>
    public int MaxIdleWhenQuiet => Reclaims ? MinIdle : MaxIdle;

    private int MinEni => setup.Seed % 7 == 3 ? 1 : 0;

    private bool Reclaims => setup.Seed % 4 == 1;

    public void Start()
    {
        if (_lives % 8 == 7)
            Disk.Compact();
        Life = new NodeLife();
        _stop = new CancellationTokenSource();
        var api = new MortalCloud(setup.BendCloud(vpc.Cloud.CreateEniApi()), Life, random, vpc.StrikeShare, checker.Violate);
        Pool = new EniPool(Options(), api, vpc.Cloud.CreateInstanceMetadata(vpc.Instance), setup.BendStore(Disk.Mount(Life)),
            links: null, time, new Random(setup.Seed * 1000 + _lives++), log, TaskCreationOptions.None);
        var recovery = Pool.RecoverAsync([.. pods.All.Where(pod => pod is { Stage: PodStage.Running, Lease: not null })
            .SelectMany(pod => SimulatedPod.AddressesOf(pod.Lease!).Select(address => new ObservedAttachment(address, pod.Attachment)))]);
        while (!recovery.IsCompleted)
            time.Advance(TimeSpan.FromMilliseconds(10));
        if (recovery.IsFaulted && Life.Struck)
            Start();
        else if (recovery.IsFaulted)
            checker.Violate($"the recovery failed: {recovery.Exception!.GetBaseException()}");
        else
            _running = Pool.RunAsync(_stop.Token);
    }

    public void Kill()
    {
        Kills++;
        log.Note("killed");
        Life.Kill();
        _stop.Cancel();
        pods.LoseAnswers();
        switch (random.Next(12))
        {
            case 0:
                LosePower();
                break;
            case 1 when setup.Wipes:
                Disk.Wipe();
                pods.ForgetUnprovable();
                time.Advance(Rest);
                break;
            default:
                time.Advance(TimeSpan.FromMilliseconds(random.Next(0, 5000)));
                break;
        }

        Start();
    }

    /// <summary>Starts the program again if it was struck inside a call or a commit.</summary>
    public void Settle()
    {
        pods.TakeAnswers(this);
        if (Life.Struck)
            Kill();
        else if (_running.IsFaulted)
            checker.Violate($"the loop ended: {_running.Exception!.GetBaseException()}");
    }

    /// <summary>The last commits may be lost, every pod is, and booting takes longer than the rest.</summary>
    private void LosePower()
    {
        time.Advance(TimeSpan.FromSeconds(1));
        Disk.LosePower(random.Next(4));
        pods.Die();
        time.Advance(TimeSpan.FromMinutes(1));
    }

    private EniPoolOptions Options()
    {
        var options = new EniPoolOptions
        {
            Families = setup.Families,
            MinPoolSize = _minIdle,
            MinEni = MinEni,
            WarmUpSize = setup.Seed % 5 == 2 ? 9 : 0,
            IdleReclaimAfter = Reclaims ? TimeSpan.FromMinutes(5) : null,
            IdleReclaimInterval = TimeSpan.FromMinutes(1),
            IdleReclaimBatch = 2,
            MaxPoolSize = MaxIdle,
            Rest = Rest,
            VSwitchSelection = (VSwitchSelection)(setup.Seed % 3),
            EniSelection = (EniSelection)(setup.Seed % 2),
            VSwitchSetAside = TimeSpan.FromMinutes(2),
            VSwitchRefresh = TimeSpan.FromMinutes(2),
        };
        foreach (var vSwitch in vpc.VSwitches)
            options.VSwitches.Add(vSwitch);
        setup.BendOptions(options);
        return options;
    }
}
