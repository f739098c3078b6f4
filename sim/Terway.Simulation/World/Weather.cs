using Terway.Cloud.Testing;
using Terway.Ipam;

namespace Terway.Simulation;

/// <summary>Good and bad times of a story alternate, so that the node has to get over each; at the end it is calm.</summary>
internal sealed class Weather(FaultProfile profile, StoryRandom random, FaultCounts faults)
{
    private const int StepsBetweenChanges = 40;
    private const string CreateAction = "CreateNetworkInterface";

    /// <summary>Kinds by weight: requests and transitions count once, the others twice.</summary>
    private const int KindsOfFault = 9;

    /// <summary>How long the pool waits for an answer.</summary>
    private static readonly TimeSpan CallTimeout = new EniPoolOptions().CallTimeout;

    /// <summary>Longer than that.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(70);

    private bool _isQuiet;

    /// <summary>The share of cloud calls that go wrong now.</summary>
    private double Cloud { get; set; }

    /// <summary>The share of calls, commits and kernel changes in which the daemon is killed now.</summary>
    internal double Kill { get; private set; }

    /// <summary>The share of commits that find the disk full now.</summary>
    internal double FullDisk { get; private set; }

    /// <summary>The share of kernel changes that are refused now.</summary>
    internal double Kernel { get; private set; }

    /// <summary>Turns the weather now and then.</summary>
    internal void Pass()
    {
        if (random.Next(StepsBetweenChanges) != 0)
            return;
        var strength = random.Next(2) == 0 ? 0 : random.NextDouble();
        Cloud = strength * profile.Cloud;
        FullDisk = strength * profile.FullDisk;
        Kernel = strength * profile.Kernel;
        Kill = profile.Kills / 16;
    }

    /// <summary>Nothing goes wrong any more.</summary>
    internal void Calm()
    {
        _isQuiet = true;
        Cloud = Kill = FullDisk = Kernel = 0;
    }

    /// <summary>The share of calls of this action in which the daemon is killed.</summary>
    internal double KillIn(string action) => action == CreateAction && !_isQuiet ? Math.Max(profile.KilledCreates, Kill) : Kill;

    /// <summary>Whether the metadata service fails to answer a request.</summary>
    internal bool FailsMetadata() => random.Chance(Cloud / 4);

    /// <summary>What shall go wrong with a call to the cloud.</summary>
    internal EmulatedFault? Decide(EmulatedCall call)
    {
        if (call.Action == CreateAction && !_isQuiet && random.Chance(profile.LostCreates))
            return Told("answer lost", EmulatedFault.LoseReply);
        if (call.Action == CreateAction && !_isQuiet && random.Chance(profile.LateCreates))
            return Told("answer late", EmulatedFault.Delay(CallTimeout + random.Span(LongestDelay - CallTimeout)));
        if (!random.Chance(Cloud * KindsOfFault / 4))
            return null;
        return random.Next(KindsOfFault) switch
        {
            0 => Told("request lost", EmulatedFault.LoseRequest),
            1 or 2 => Told("answer lost", EmulatedFault.LoseReply),
            3 or 4 => Told("throttled", EmulatedFault.Throttle),
            5 => Told("cloud's internal error", EmulatedFault.Refuse(500, "InternalError")),
            6 => Told("transition failed", EmulatedFault.FailTransition),
            _ => Told("answer late", EmulatedFault.Delay(random.Span(LongestDelay))),
        };
    }

    private EmulatedFault Told(string kind, EmulatedFault fault)
    {
        faults.Add(kind);
        return fault;
    }
}
