namespace Terway.Cloud.Testing;

/// <summary>How long something takes: a seeded choice between two bounds.</summary>
/// <param name="Min">At least.</param>
/// <param name="Max">At most.</param>
public readonly record struct LatencyRange(TimeSpan Min, TimeSpan Max)
{
    /// <summary>No time at all.</summary>
    public static LatencyRange Zero => default;

    /// <summary>A range in seconds.</summary>
    /// <param name="min">At least.</param>
    /// <param name="max">At most.</param>
    public static LatencyRange Seconds(double min, double max) => new(TimeSpan.FromSeconds(min), TimeSpan.FromSeconds(max));

    internal TimeSpan Pick(Random random) => Max <= Min ? Min : Min + ((Max - Min) * random.NextDouble());
}
