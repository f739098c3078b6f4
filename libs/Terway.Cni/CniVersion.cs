using System.Collections.Immutable;
using System.Globalization;

namespace Terway.Cni;

/// <summary>A version of the CNI specification, and what it has that its predecessors have not.</summary>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second number.</param>
/// <param name="Patch">The third number.</param>
public readonly record struct CniVersion(int Major, int Minor, int Patch) : IComparable<CniVersion>
{
    /// <summary>0.3.0: results with interfaces, and chains of plugins.</summary>
    public static CniVersion V030 => new(0, 3, 0);

    /// <summary>0.3.1: a clarification of 0.3.0.</summary>
    public static CniVersion V031 => new(0, 3, 1);

    /// <summary>0.4.0: CHECK, and DEL gets the result of ADD.</summary>
    public static CniVersion V040 => new(0, 4, 0);

    /// <summary>1.0.0: addresses no longer name their family.</summary>
    public static CniVersion V100 => new(1, 0, 0);

    /// <summary>1.1.0: GC and STATUS; more about interfaces and routes.</summary>
    public static CniVersion V110 => new(1, 1, 0);

    /// <summary>The versions that this library speaks, oldest first.</summary>
    public static ImmutableArray<CniVersion> Supported { get; } = [V030, V031, V040, V100, V110];

    /// <summary>The newest version that this library speaks.</summary>
    public static CniVersion Newest => V110;

    /// <summary>True when this library speaks the version.</summary>
    public bool IsSupported => Supported.Contains(this);

    /// <summary>True when each address of a result says "4" or "6".</summary>
    public bool NamesAddressFamily => this < V100;

    /// <summary>True when a result may say the MTU of an interface, and the metric, table and scope of a route.</summary>
    public bool DescribesLinks => this >= V110;

    /// <summary>True when <paramref name="left"/> is older.</summary>
    /// <param name="left">A version.</param>
    /// <param name="right">A version.</param>
    public static bool operator <(CniVersion left, CniVersion right) => left.CompareTo(right) < 0;

    /// <summary>True when <paramref name="left"/> is newer.</summary>
    /// <param name="left">A version.</param>
    /// <param name="right">A version.</param>
    public static bool operator >(CniVersion left, CniVersion right) => left.CompareTo(right) > 0;

    /// <summary>True when <paramref name="left"/> is not newer.</summary>
    /// <param name="left">A version.</param>
    /// <param name="right">A version.</param>
    public static bool operator <=(CniVersion left, CniVersion right) => left.CompareTo(right) <= 0;

    /// <summary>True when <paramref name="left"/> is not older.</summary>
    /// <param name="left">A version.</param>
    /// <param name="right">A version.</param>
    public static bool operator >=(CniVersion left, CniVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Reads three numbers with dots between them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="version">The version.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out CniVersion version)
    {
        version = default;
        Span<Range> parts = stackalloc Range[4];
        if (text.Split(parts, '.') != 3
            || !TryParseNumber(text[parts[0]], out int major)
            || !TryParseNumber(text[parts[1]], out int minor)
            || !TryParseNumber(text[parts[2]], out int patch))
            return false;

        version = new CniVersion(major, minor, patch);
        return true;
    }

    /// <summary>The first version that has a command.</summary>
    /// <param name="command">The command.</param>
    public static CniVersion Introducing(CniCommand command) => command switch
    {
        CniCommand.Check => V040,
        CniCommand.GC or CniCommand.Status => V110,
        _ => V030,
    };

    /// <inheritdoc/>
    public int CompareTo(CniVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <summary>The version as configurations write it.</summary>
    public override string ToString() => $"{Major}.{Minor}.{Patch}";

    private static bool TryParseNumber(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
