using System.Net.Sockets;
using Terway.Ipam;
using Terway.Ipam.States;

namespace Terway.Simulation;

/// <summary>What kind of node a story has; all follows from its seed.</summary>
internal sealed class NodeShape
{
    private static readonly string[] InstanceTypes =
        ["ecs.g7.large", "ecs.g7.xlarge", "ecs.g5.xlarge", "ecs.g6e.large", "ecs.g6.2xlarge", "ecs.g7.3xlarge", "ecs.g5.4xlarge"];

    /// <summary>Those with as many IPv6 addresses as IPv4 ones.</summary>
    private static readonly string[] DualInstanceTypes = ["ecs.g7.large", "ecs.g7.xlarge", "ecs.g7.3xlarge"];

    private static readonly double[] Rests = [5, 10, 30];

    internal NodeShape(int seed)
    {
        var random = new StoryRandom(unchecked(seed * 31 + 17));
        InstanceType = random.Pick(InstanceTypes);
        VSwitchPrefixes = [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => random.Next(24, 29))];
        MinIdle = random.Next(4);
        MaxIdle = 3 + random.Next(8);
        Rest = TimeSpan.FromSeconds(random.Pick(Rests));
        VSwitchSelection = (VSwitchSelection)random.Next(3);
        EniSelection = (EniSelection)random.Next(2);
        Crowding = 0.5 + random.NextDouble();
        CollectsAtTheEnd = random.Next(2) == 0;
        HasFile = random.Next(16) == 0;
        MinEni = random.Next(7) == 0 ? 1 : 0;
        WarmUp = random.Next(5) == 0 ? 9 : 0;
        Reclaims = random.Next(4) == 0;
        IsDual = random.Next(4) == 0;
        if (IsDual)
            InstanceType = random.Pick(DualInstanceTypes);
    }

    internal string InstanceType { get; }

    /// <summary>Whether pods have an address of each family.</summary>
    internal bool IsDual { get; }

    /// <summary>The prefix length of each vSwitch.</summary>
    internal IReadOnlyList<int> VSwitchPrefixes { get; }

    internal int MinIdle { get; }

    internal int MaxIdle { get; }

    /// <summary>The low mark that holds in quiet time.</summary>
    internal int LowMark(int addressesPerEni) => MinEni > 0 ? Math.Min(MinEni * addressesPerEni, MaxIdle) : MinIdle;

    /// <summary>The high mark that holds in quiet time.</summary>
    internal int HighMark(int addressesPerEni) => Reclaims ? LowMark(addressesPerEni) : MaxIdle;

    /// <summary>Leases that an ENI has ready: addresses, or pairs of both families.</summary>
    internal int IdleOf(EniView eni) => IsDual
        ? Math.Min(IdleOf(eni, AddressFamily.InterNetwork), IdleOf(eni, AddressFamily.InterNetworkV6))
        : IdleOf(eni, AddressFamily.InterNetwork);

    internal static int IdleOf(EniView eni, AddressFamily family) =>
        eni.Addresses.Count(address => address.State == AddressState.Idle && address.Address.AddressFamily == family);

    internal TimeSpan Rest { get; }

    internal VSwitchSelection VSwitchSelection { get; }

    internal EniSelection EniSelection { get; }

    /// <summary>The low mark in ENIs, which some nodes have beside or instead of the one in addresses.</summary>
    internal int MinEni { get; }

    /// <summary>Addresses made ready once at the start.</summary>
    internal int WarmUp { get; }

    /// <summary>Whether idle addresses are given back down to the low mark.</summary>
    internal bool Reclaims { get; }

    /// <summary>How many pods there are at flood, as a share of the addresses that the instance type allows.</summary>
    internal double Crowding { get; }

    /// <summary>Whether the runtime's GC finds forgotten pods at the end; otherwise the daemon itself has to.</summary>
    internal bool CollectsAtTheEnd { get; }

    /// <summary>Whether its store is a file; others are in memory, which is faster.</summary>
    internal bool HasFile { get; }
}
