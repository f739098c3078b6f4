namespace Terway.Simulation;

/// <summary>What all parts of a story share.</summary>
internal sealed class StoryWorld : IDisposable
{
    internal StoryWorld(StorySettings settings)
    {
        Random = new StoryRandom(settings.Seed);
        Log = new StoryLog(Time, settings.History);
        Weather = new Weather(settings.Faults, Random, Faults);
        Kernel = new SimulatedKernel(Time, Random, Weather, Faults);
        Vpc = new SimulatedVpc(settings, this);
    }

    internal VirtualTime Time { get; } = new();

    internal FaultCounts Faults { get; } = new();

    internal Violations Violations { get; } = new();

    internal StoryRandom Random { get; }

    internal StoryLog Log { get; }

    internal Weather Weather { get; }

    internal SimulatedKernel Kernel { get; }

    internal SimulatedVpc Vpc { get; }

    public void Dispose() => Vpc.Dispose();
}
