namespace Terway.Cloud.Testing;

/// <summary>How long something takes: a seeded choice between two bounds, with a tail if it has one.</summary>
/// <param name="Min">At least.</param>
/// <param name="Max">At most, but for the tail.</param>
public readonly record struct LatencyRange(TimeSpan Min, TimeSpan Max)
{
    /// <summary>No time at all.</summary>
    public static LatencyRange Zero => default;

    /// <summary>The share of choices that lie in the tail, 0 to 1. Default 0: none.</summary>
    public double TailShare { get; init; }

    /// <summary>The longest of the tail, which begins at <see cref="Max"/> and thins out towards here.</summary>
    public TimeSpan TailMax { get; init; }

    /// <summary>A range in seconds.</summary>
    /// <param name="min">At least.</param>
    /// <param name="max">At most.</param>
    public static LatencyRange Seconds(double min, double max) => new(TimeSpan.FromSeconds(min), TimeSpan.FromSeconds(max));

    /// <summary>The range with a tail.</summary>
    /// <param name="share">The share of choices that lie in it, 0 to 1.</param>
    /// <param name="longest">The longest of it.</param>
    public LatencyRange WithTail(double share, TimeSpan longest) => this with { TailShare = share, TailMax = longest };

    internal TimeSpan Pick(Random random)
    {
        // A range without a tail takes no more from the random numbers than it needs: seeds keep their meaning.
        if (TailShare > 0 && TailMax > Max && random.NextDouble() < TailShare)
            return Max + ((TailMax - Max) * Math.Pow(random.NextDouble(), 2));
        return Max <= Min ? Min : Min + ((Max - Min) * random.NextDouble());
    }
}
