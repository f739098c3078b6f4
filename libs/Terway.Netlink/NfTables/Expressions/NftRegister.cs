namespace Terway.Netlink;

/// <summary>Where an expression takes its value from or puts it (<c>NFT_REG_*</c>).</summary>
/// <remarks>There are 64 bytes: four registers of 16, or the same as 16 words of 4. Word 0 is read back as the first register, and so on.</remarks>
/// <param name="Number">The kernel's number.</param>
public readonly record struct NftRegister(uint Number)
{
    private const uint FirstWord = 8;

    /// <summary>The verdict.</summary>
    public static NftRegister Verdict => new(0);

    /// <summary>Bytes 0 to 15.</summary>
    public static NftRegister First => new(1);

    /// <summary>Bytes 16 to 31.</summary>
    public static NftRegister Second => new(2);

    /// <summary>Bytes 32 to 47.</summary>
    public static NftRegister Third => new(3);

    /// <summary>Bytes 48 to 63.</summary>
    public static NftRegister Fourth => new(4);

    /// <summary>The word from a byte on.</summary>
    /// <param name="index">0 to 15.</param>
    /// <returns>The register; words 0, 4, 8 and 12 are the four registers.</returns>
    public static NftRegister Word(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, 15);
        return index % 4 == 0 ? new((uint)index / 4 + 1) : new(FirstWord + (uint)index);
    }
}

internal static class NftRegisterAttributes
{
    internal static void WriteRegister(this ref NetlinkWriter writer, ushort type, NftRegister? register) =>
        writer.WriteUInt32BigEndian(type, register?.Number);

    internal static NftRegister? Register(this ref AttributeTable table, ushort type) =>
        table.UInt32BigEndian(type) is { } number ? new NftRegister(number) : null;

    internal static NftRegister RequiredRegister(this ref AttributeTable table, ushort type) =>
        new(table.RequiredNumber(type));

    internal static uint RequiredNumber(this ref AttributeTable table, ushort type) =>
        table.UInt32BigEndian(type) ?? throw NetlinkReader.Malformed($"an expression without attribute {type}");

    internal static NftData RequiredData(this ref AttributeTable table, ushort type) =>
        NftData.Read(ref table, type) ?? throw NetlinkReader.Malformed($"an expression without data {type}");
}
