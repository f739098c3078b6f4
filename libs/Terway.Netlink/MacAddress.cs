using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Terway.Netlink;

/// <summary>An Ethernet address, written <c>00:16:3e:01:02:03</c> as in <c>ip link</c>.</summary>
public readonly record struct MacAddress : IComparable<MacAddress>
{
    /// <summary>The length of an address in bytes.</summary>
    public const int Length = 6;

    private readonly ulong _value;

    private MacAddress(ulong value) => _value = value;

    /// <summary>Makes an address of its six bytes, first byte first.</summary>
    /// <param name="bytes">Six bytes.</param>
    /// <exception cref="ArgumentException">There are not six bytes.</exception>
    public MacAddress(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException($"An Ethernet address has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        foreach (var b in bytes)
            _value = _value << 8 | b;
    }

    /// <summary>Whether the address names a group of stations: its first byte is odd.</summary>
    public bool IsMulticast => (_value >> 40 & 1) != 0;

    /// <summary>Reads six bytes in hexadecimal, parted by colons or hyphens, in either case.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The address.</returns>
    /// <exception cref="FormatException">The text is no Ethernet address.</exception>
    public static MacAddress Parse(string text) =>
        TryParse(text, out var result) ? result : throw new FormatException($"'{text}' is not an Ethernet address.");

    /// <summary>Reads an address if the text is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="result">The address.</param>
    /// <returns>Whether the text was understood.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out MacAddress result)
    {
        const int TextLength = Length * 3 - 1;
        result = default;
        if (text is not { Length: TextLength })
            return false;
        ulong value = 0;
        for (var i = 0; i < TextLength; i += 3)
        {
            if (i > 0 && text[i - 1] is not (':' or '-'))
                return false;
            if (!byte.TryParse(text.AsSpan(i, 2), NumberStyles.AllowHexSpecifier, null, out var b))
                return false;
            value = value << 8 | b;
        }
        result = new(value);
        return true;
    }

    /// <summary>Writes the six bytes, first byte first.</summary>
    /// <param name="destination">At least six bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        for (var i = 0; i < Length; i++)
            destination[i] = (byte)(_value >> 8 * (Length - 1 - i));
    }

    /// <inheritdoc/>
    public int CompareTo(MacAddress other) => _value.CompareTo(other._value);

    /// <inheritdoc/>
    public override string ToString() => string.Create(Length * 3 - 1, _value, static (text, value) =>
    {
        for (var i = 0; i < Length; i++)
        {
            ((byte)(value >> 8 * (Length - 1 - i))).TryFormat(text[(i * 3)..], out _, "x2");
            if (i < Length - 1)
                text[i * 3 + 2] = ':';
        }
    });

    /// <summary>Orders by the bytes.</summary>
    public static bool operator <(MacAddress left, MacAddress right) => left._value < right._value;

    /// <summary>Orders by the bytes.</summary>
    public static bool operator >(MacAddress left, MacAddress right) => left._value > right._value;

    /// <summary>Orders by the bytes.</summary>
    public static bool operator <=(MacAddress left, MacAddress right) => left._value <= right._value;

    /// <summary>Orders by the bytes.</summary>
    public static bool operator >=(MacAddress left, MacAddress right) => left._value >= right._value;
}
