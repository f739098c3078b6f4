namespace Terway.Sandbox.Soak;

/// <summary>How long and how hard a node is worked.</summary>
internal sealed record SoakSettings
{
    private static readonly TimeSpan SecondSweep = TimeSpan.FromSeconds(150);

    /// <summary>How long they come and go before that. A new node's store counts as complete only after the pool's second sweep, two
    /// minutes after its start; until then every restart keeps all addresses back, and few pods could be born under fire.</summary>
    public TimeSpan BeforeFire { get; init; }

    /// <summary>How long pods come and go while the daemon is killed.</summary>
    public required TimeSpan UnderFire { get; init; }

    /// <summary>How long they go on while one daemon lives, whose memory and descriptors are watched.</summary>
    public required TimeSpan InPeace { get; init; }

    /// <summary>Kills that must have happened; the time under fire is prolonged until then.</summary>
    public required int Kills { get; init; }

    /// <summary>Pods that come and go at a time.</summary>
    public int Workers { get; init; } = 3;

    /// <summary>Whether answers of the cloud are lost too, which the pool needs minutes to get over.</summary>
    public bool LosesAnswers { get; init; }

    /// <summary>The size of the disk under the store, in bytes.</summary>
    public long DiskSize { get; init; } = 12 << 20;

    /// <summary>Decides the times and the faults.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>For as long as somebody wants to wait: two thirds of the time under fire, and at least 200 kills.</summary>
    public static SoakSettings Long(TimeSpan time, int seed) => new()
    {
        BeforeFire = SecondSweep,
        UnderFire = time * 2 / 3,
        InPeace = time / 3,
        Kills = 200,
        LosesAnswers = true,
        Seed = seed,
    };
}
