using System.Buffers;
using System.Globalization;

namespace Terwayd.Configuration;

/// <summary>Durations in Go's notation, as <c>eni_conf</c> writes them: <c>"30m"</c>, <c>"1h15m30.5s"</c>, <c>"300ms"</c>, <c>"0"</c>.</summary>
internal static class GoDuration
{
    /// <summary>Ticks (100 ns) by unit, the longest spelling first because <c>m</c> begins <c>ms</c>.</summary>
    private static readonly (string Suffix, decimal Ticks)[] Units =
    [
        ("ns", 0.01m),
        ("us", 10m),
        ("µs", 10m),
        ("μs", 10m),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
    ];

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    internal static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        if (negative || rest.StartsWith("+"))
            rest = rest[1..];
        if (rest is "0")
            return true;
        if (rest.IsEmpty)
            return false;

        var ticks = 0m;
        while (!rest.IsEmpty)
        {
            if (!TryTakeNumber(ref rest, out var number) || !TryTakeUnit(ref rest, out var unit))
                return false;
            ticks += number * unit;
            if (ticks > TimeSpan.MaxValue.Ticks)
                return false;
        }

        duration = TimeSpan.FromTicks((long)(negative ? -ticks : ticks));
        return true;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<char> text, out decimal number)
    {
        var length = text.IndexOfAnyExcept(Digits);
        if (length < 0)
            length = text.Length;
        // 18 characters hold every duration that a TimeSpan can; longer ones are refused rather than overflowing below.
        var parsed = decimal.TryParse(
            text[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && length <= 18;
        text = text[length..];
        return parsed;
    }

    private static bool TryTakeUnit(ref ReadOnlySpan<char> text, out decimal ticks)
    {
        foreach (var (suffix, unitTicks) in Units)
        {
            if (!text.StartsWith(suffix, StringComparison.Ordinal))
                continue;
            ticks = unitTicks;
            text = text[suffix.Length..];
            return true;
        }

        ticks = 0;
        return false;
    }
}
