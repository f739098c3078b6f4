namespace Terway.Simulation;

/// <summary>
/// The choices of a story. Every step begins its own sequence, so that a story with some of its steps left out still makes the same
/// choices in the others; that is what lets a failing history be shortened. SplitMix64, which costs nothing to seed. Not thread-safe.
/// </summary>
internal sealed class StoryRandom(int seed) : Random(0)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const double UnitOf53Bits = 1.0 / (1UL << 53);

    private ulong _state = Mix(((ulong)(uint)seed << 32) ^ Golden);

    /// <summary>Begins the sequence of a step.</summary>
    internal void Enter(int step) => _state = Mix(Mix(((ulong)(uint)seed << 32) ^ Golden) + (uint)step);

    /// <summary>True with the given probability.</summary>
    internal bool Chance(double share) => share > 0 && Sample() < share;

    /// <summary>A span of at least zero and less than the bound.</summary>
    internal TimeSpan Span(TimeSpan bound) => bound * Sample();

    /// <summary>One of several.</summary>
    internal T Pick<T>(IReadOnlyList<T> choices) => choices[Next(choices.Count)];

    public override int Next() => Next(int.MaxValue);

    public override int Next(int maxValue) => maxValue <= 0 ? 0 : (int)(((NextBits() >> 32) * (ulong)maxValue) >> 32);

    public override int Next(int minValue, int maxValue) => minValue + (int)(((NextBits() >> 32) * (ulong)((long)maxValue - minValue)) >> 32);

    public override long NextInt64() => (long)(NextBits() >> 1);

    public override double NextDouble() => Sample();

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        foreach (ref var b in buffer)
            b = (byte)(NextBits() >> 56);
    }

    protected override double Sample() => (NextBits() >> 11) * UnitOf53Bits;

    private ulong NextBits() => Mix(_state += Golden);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
