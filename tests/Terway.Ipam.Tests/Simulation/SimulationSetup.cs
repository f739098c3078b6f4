using Terway.Cloud;
using Terway.Ipam.Store;

namespace Terway.Ipam.Tests.Simulation;

/// <summary>What one simulated story is made of; everything else follows from the seed.</summary>
internal sealed record SimulationSetup
{
    public required int Seed { get; init; }

    /// <summary>What every pod asks for; every third node has both families.</summary>
    public AddressFamilies Families => Seed % 3 == 0 ? AddressFamilies.DualStack : AddressFamilies.IPv4;

    /// <summary>Pods to start in the story.</summary>
    public int Lifecycles { get; init; } = 300;

    /// <summary>How many lines of the history are kept.</summary>
    public int History { get; init; } = 60;

    /// <summary>The share of calls and commits that go wrong in some way.</summary>
    public double FaultShare { get; init; } = 0.1;

    /// <summary>The share of create calls whose answer is lost, in good weather too.</summary>
    public double LostCreates { get; init; }

    /// <summary>The share of create calls in which the program is killed, before or after the cloud has done its part.</summary>
    public double KilledCreates { get; init; }

    /// <summary>The share of steps in which the node's program is killed; as many kills again happen inside calls and commits.</summary>
    public double CrashShare { get; init; } = 0.01;

    /// <summary>Whether others change ENIs and addresses under the pool.</summary>
    public bool Sabotage { get; init; } = true;

    /// <summary>Whether the store's file is deleted now and then while the program is down.</summary>
    public bool Wipes { get; init; } = true;

    /// <summary>Stands between the pool and the cloud; a mutation replaces it.</summary>
    public Func<IEniApi, IEniApi> BendCloud { get; init; } = api => api;

    /// <summary>Stands between the pool and its store; a mutation replaces it.</summary>
    public Func<ILeaseStore, ILeaseStore> BendStore { get; init; } = store => store;

    /// <summary>Changes the options that the pool gets but the checker does not know of; a mutation uses it.</summary>
    public Action<EniPoolOptions> BendOptions { get; init; } = _ => { };
}
