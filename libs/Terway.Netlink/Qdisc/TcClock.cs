using System.Globalization;

namespace Terway.Netlink;

/// <summary>The clock that the kernel's packet schedulers count in, from <c>/proc/net/psched</c>.</summary>
/// <param name="TicksPerMicrosecond">The number of ticks in a microsecond.</param>
public readonly record struct TcClock(double TicksPerMicrosecond)
{
    /// <summary>The clock of every kernel since 2.6.31: a tick is 64 nanoseconds.</summary>
    public static TcClock Default => new(15.625);

    /// <summary>Reads the content of <c>/proc/net/psched</c>: four numbers in hexadecimal.</summary>
    /// <param name="text">The content.</param>
    /// <returns>The clock.</returns>
    /// <exception cref="FormatException">The text is not that.</exception>
    public static TcClock Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<Range> fields = stackalloc Range[4];
        Span<double> values = stackalloc double[3];
        var count = text.AsSpan().Split(fields, ' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var i = 0; i < values.Length; i++)
        {
            if (count <= i || !uint.TryParse(text.AsSpan(fields[i]), NumberStyles.AllowHexSpecifier, null, out var value) || value == 0)
                throw new FormatException($"'{text}' is not the content of /proc/net/psched.");
            values[i] = value;
        }
        var (nanosecondsPerMicrosecond, nanosecondsPerTick, clockResolution) = (values[0], values[1], values[2]);
        return new(nanosecondsPerMicrosecond / nanosecondsPerTick * (clockResolution / 1e6));
    }

    /// <summary>The ticks in a number of microseconds.</summary>
    /// <param name="microseconds">Microseconds.</param>
    /// <returns>Ticks.</returns>
    public uint Ticks(ulong microseconds) => checked((uint)(microseconds * TicksPerMicrosecond));
}
