using System.Collections.Frozen;

namespace Terway.Simulation;

/// <summary>Which faults a story has, and how many. Shares are of the calls, commits, changes or steps that could go wrong.</summary>
internal sealed record FaultProfile(string Name)
{
    /// <summary>Cloud calls that go wrong in bad weather.</summary>
    internal double Cloud { get; init; }

    /// <summary>Create calls whose answer is lost, in good weather too.</summary>
    internal double LostCreates { get; init; }

    /// <summary>Create calls that are carried out only after the pool gave up waiting for them, in good weather too.</summary>
    internal double LateCreates { get; init; }

    /// <summary>Create calls in which the daemon is killed, in good weather too.</summary>
    internal double KilledCreates { get; init; }

    /// <summary>Steps in which the daemon is killed; as many kills again happen inside calls, commits and kernel changes.</summary>
    internal double Kills { get; init; }

    /// <summary>Kills that are a loss of power.</summary>
    internal double PowerLosses { get; init; }

    /// <summary>Kills after which somebody deletes the store.</summary>
    internal double Wipes { get; init; }

    /// <summary>Commits that find the disk full in bad weather.</summary>
    internal double FullDisk { get; init; }

    /// <summary>Changes of the kernel that it refuses in bad weather.</summary>
    internal double Kernel { get; init; }

    /// <summary>Steps in which others change an ENI or an address of the pool.</summary>
    internal double Sabotage { get; init; }

    /// <summary>Steps in which somebody removes a pod's rules or routes.</summary>
    internal double Drift { get; init; }

    /// <summary>Pods that go without a DEL.</summary>
    internal double Forgotten { get; init; }

    /// <summary>Whether nothing happens that the daemon cannot know: then it never even asks for more than a limit allows.</summary>
    internal bool IsCalm => Cloud + LostCreates + LateCreates + KilledCreates + Kills + Sabotage + FullDisk + Kernel == 0;

    internal static FaultProfile None { get; } = new("none") { Forgotten = 0.02 };

    internal static FaultProfile All { get; } = new("all")
    {
        Cloud = 0.1,
        Kills = 0.008,
        PowerLosses = 0.08,
        Wipes = 0.08,
        FullDisk = 0.012,
        Kernel = 0.02,
        Sabotage = 0.003,
        Drift = 0.01,
        Forgotten = 0.05,
    };

    /// <summary>All profiles by name.</summary>
    internal static FrozenDictionary<string, FaultProfile> ByName { get; } = new[]
    {
        None,
        All,
        new("cloud") { Cloud = 0.25, LostCreates = 0.1, Forgotten = 0.02 },
        new("kills") { Kills = 0.015, PowerLosses = 0.15, Forgotten = 0.1 },
        new("creates") { Cloud = 0.05, LostCreates = 0.25, LateCreates = 0.15, KilledCreates = 0.15, Kills = 0.005 },
        new("store") { FullDisk = 0.05, Kills = 0.006, PowerLosses = 0.2, Wipes = 0.4, Forgotten = 0.05 },
        new("node") { Kernel = 0.1, Drift = 0.05, Kills = 0.01, Forgotten = 0.2, Sabotage = 0.005 },
    }.ToFrozenDictionary(profile => profile.Name, StringComparer.Ordinal);
}
