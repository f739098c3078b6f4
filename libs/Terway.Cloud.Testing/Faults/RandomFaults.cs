namespace Terway.Cloud.Testing;

/// <summary>A seeded mixture of faults; assign <see cref="Decide"/> to <see cref="CloudEmulator.FaultPolicy"/>.</summary>
/// <remarks>The same seed and the same order of calls give the same faults.</remarks>
public sealed class RandomFaults
{
    private readonly Lock _gate = new();
    private readonly Random _random;

    /// <summary>Makes a policy.</summary>
    /// <param name="seed">Decides every choice.</param>
    public RandomFaults(int seed) => _random = new Random(seed);

    /// <summary>The share of calls whose request is lost.</summary>
    public double LoseRequest { get; init; }

    /// <summary>The share of calls whose reply is lost.</summary>
    public double LoseReply { get; init; }

    /// <summary>The share of calls that are throttled.</summary>
    public double Throttle { get; init; }

    /// <summary>The share of calls that are answered <c>InternalError</c> without having happened.</summary>
    public double InternalError { get; init; }

    /// <summary>The share of calls whose asynchronous part fails.</summary>
    public double FailTransition { get; init; }

    /// <summary>The share of calls that take longer.</summary>
    public double Delay { get; init; }

    /// <summary>The longest extra time. Default 10 seconds.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What shall go wrong with a call; null for nothing.</summary>
    /// <param name="call">The call.</param>
    public EmulatedFault? Decide(EmulatedCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        double roll, length;
        lock (_gate)
        {
            roll = _random.NextDouble();
            length = _random.NextDouble();
        }
        Span<(double Share, EmulatedFault Fault)> faults =
        [
            (LoseRequest, EmulatedFault.LoseRequest),
            (LoseReply, EmulatedFault.LoseReply),
            (Throttle, EmulatedFault.Throttle),
            (InternalError, EmulatedFault.Refuse(500, "InternalError")),
            (FailTransition, EmulatedFault.FailTransition),
            (Delay, EmulatedFault.Delay(MaxDelay * length)),
        ];
        foreach (var (share, fault) in faults)
        {
            if (roll < share)
                return fault;
            roll -= share;
        }
        return null;
    }
}
