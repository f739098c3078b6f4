namespace Terway.Simulation;

/// <summary>Something runs without end while no time passes.</summary>
internal sealed class StandstillException(DateTimeOffset at) : Exception($"a loop turned without end at {at:HH:mm:ss.fff}, and no time passed");
