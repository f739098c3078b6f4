using Terway.Ipam;

namespace Terway.Simulation;

/// <summary>The node through all lives of its daemon: started, killed, started again on the same disk and kernel, or after a loss of power.</summary>
internal sealed class SimulatedNode(StorySettings settings, StoryWorld world, NodeDisk disk, SimulatedKernel kernel, SimulatedSpool spool) : IDisposable
{
    /// <summary>A machine takes longer to boot than any rest that a story has.</summary>
    private static readonly TimeSpan BootTime = TimeSpan.FromMinutes(1);

    /// <summary>Whoever deletes the store takes longer than any call that the daemon had sent before: what such a call still does, nobody could know.</summary>
    private static readonly TimeSpan WipeTime = TimeSpan.FromSeconds(80);
    private static readonly TimeSpan LongestRestart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Reaction = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan ReclaimAfter = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ReclaimInterval = TimeSpan.FromMinutes(1);

    private const int MostLostCommits = 4;

    private Daemon? _daemon;
    private int _lives;

    /// <summary>Told when the daemon dies: its clients' connections break.</summary>
    internal Action Died { get; set; } = () => { };

    /// <summary>Told when every pod dies with the machine.</summary>
    internal Action PowerLost { get; set; } = () => { };

    /// <summary>Told when the store is gone.</summary>
    internal Action StoreLost { get; set; } = () => { };

    internal NodeDisk Disk => disk;

    internal SimulatedKernel Kernel => kernel;

    internal SimulatedSpool Spool => spool;

    internal NodeShape Shape { get; } = new(settings.Seed);

    /// <summary>The daemon when its socket answers.</summary>
    internal Daemon? Serving => _daemon is { IsServing: true, Life.IsOver: false } ? _daemon : null;

    internal void Start()
    {
        var life = new NodeLife();
        var reaper = new Reaper(life, world.Random, world.Weather);
        var network = new MortalKernel(kernel, reaper, world.Random, world.Weather, world.Faults);
        var vpc = world.Vpc;
        _daemon = new Daemon(
            life, Options(), new MortalCloud(vpc.Cloud.CreateEniApi(), reaper, world.Weather, world.Violations.Add),
            new MortalMetadata(vpc.Cloud.CreateInstanceMetadata(vpc.Instance), reaper, world.Weather, world.Faults),
            disk.Mount(reaper), network, spool, world.Time, new StoryRandom(unchecked(settings.Seed * 7919 + ++_lives)), world.Log);
        _ = StartAsync(_daemon);
    }

    /// <summary>Starts the daemon again if it was struck inside a call, a commit or a change of the kernel, or ended by itself.</summary>
    internal void Settle()
    {
        if (_daemon is not { } daemon)
            return;
        if (daemon.Life.IsStruck)
            Kill("killed inside a call");
        else if (daemon.Defect is { } defect)
            world.Violations.Add("the daemon broke", $"the daemon broke: {defect}");
    }

    /// <summary>Ends the daemon, sometimes the machine, sometimes the store.</summary>
    internal void Kill(string how)
    {
        if (_daemon is not { } daemon)
            return;
        world.Faults.Add(how);
        world.Log.Note($"{how}");
        End(daemon);
        var downtime = world.Random.Span(LongestRestart);
        if (world.Random.Chance(settings.Faults.PowerLosses))
            downtime = LosePower();
        else if (world.Random.Chance(settings.Faults.Wipes))
            downtime = Wipe();
        world.Time.CreateTimer(_ => Start(), null, downtime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _daemon?.Dispose();

    private async Task StartAsync(Daemon daemon)
    {
        if (await daemon.StartAsync().ConfigureAwait(false) || daemon != _daemon || daemon.Life.IsOver || daemon.Defect is not null)
            return;
        world.Faults.Add("start failed");
        world.Log.Note($"the daemon could not start");
        End(daemon);
        world.Time.CreateTimer(_ => Start(), null, world.Random.Span(LongestRestart), Timeout.InfiniteTimeSpan);
    }

    private void End(Daemon daemon)
    {
        daemon.Dispose();
        disk.Unmount();
        _daemon = null;
        Died();
    }

    /// <summary>The last commits may be lost, every pod is.</summary>
    private TimeSpan LosePower()
    {
        world.Faults.Add("power lost");
        world.Log.Note($"power lost");
        disk.LosePower(world.Random.Next(MostLostCommits));
        spool.Clear();
        PowerLost();
        kernel.Reboot();
        return BootTime;
    }

    private TimeSpan Wipe()
    {
        world.Faults.Add("store deleted");
        world.Log.Note($"store deleted");
        disk.Wipe();
        StoreLost();
        return WipeTime;
    }

    private EniPoolOptions Options()
    {
        var options = new EniPoolOptions
        {
            Families = Shape.IsDual ? AddressFamilies.DualStack : AddressFamilies.IPv4,
            MinPoolSize = Shape.MinIdle,
            MaxPoolSize = Shape.MaxIdle,
            MinEni = Shape.MinEni,
            WarmUpSize = Shape.WarmUp,
            IdleReclaimAfter = Shape.Reclaims ? ReclaimAfter : null,
            IdleReclaimInterval = ReclaimInterval,
            IdleReclaimBatch = 2,
            Rest = Shape.Rest,
            VSwitchSelection = Shape.VSwitchSelection,
            EniSelection = Shape.EniSelection,
            VSwitchSetAside = Reaction,
            VSwitchRefresh = Reaction,
        };
        foreach (var vSwitch in world.Vpc.VSwitches)
            options.VSwitches.Add(vSwitch);
        return options;
    }
}
