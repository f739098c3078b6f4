using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Terway.Netlink.FilterConstants;

namespace Terway.Netlink;

/// <summary>Compares words of the packet: <c>u32</c>.</summary>
public sealed record U32Filter : FilterKind
{
    internal const string KindName = "u32";

    /// <summary>The selector's flag that a match ends the search (<c>TC_U32_TERMINAL</c>).</summary>
    private const byte Terminal = 1;

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>The words that must all match. A filter to add needs at least one; a hash table, which lists show too, has none.</summary>
    public required EquatableArray<U32Key> Keys { get; init; }

    /// <summary>Whether a match ends the search.</summary>
    public bool IsTerminal { get; init; } = true;

    /// <summary>The class for packets that match (<c>classid</c>, <c>flowid</c>).</summary>
    public TcHandle? ClassId { get; init; }

    /// <summary>What is done with packets that match, in order.</summary>
    public EquatableArray<FilterAction> Actions { get; init; }

    private protected override void WriteOptions(ref NetlinkWriter writer)
    {
        WriteSelector(ref writer);
        writer.WriteUInt32(TCA_U32_CLASSID, ClassId?.Value);
        FilterAction.WriteAll(ref writer, TCA_U32_ACT, Actions);
    }

    private void WriteSelector(ref NetlinkWriter writer)
    {
        if (Keys.IsEmpty)
            return;
        var headerSize = Unsafe.SizeOf<TcU32Selector>();
        var keySize = Unsafe.SizeOf<U32Key.Wire>();
        // The count is a byte; the kernel has no room for more keys either.
        Span<byte> selector = stackalloc byte[headerSize + keySize * checked((byte)Keys.Count)];
        MemoryMarshal.Write(selector, new TcU32Selector { Flags = IsTerminal ? Terminal : (byte)0, KeyCount = (byte)Keys.Count });
        for (var i = 0; i < Keys.Count; i++)
            MemoryMarshal.Write(selector[(headerSize + i * keySize)..], Keys[i].ToWire());
        writer.WriteBytes(TCA_U32_SEL, selector);
    }

    internal static U32Filter ReadOptions(ref AttributeTable options)
    {
        var present = options.TryTake(TCA_U32_SEL, out var attribute);
        var selector = present ? attribute.ReadStruct<TcU32Selector>() : default;
        return new()
        {
            Keys = present ? ReadKeys(attribute.Payload, selector.KeyCount) : [],
            IsTerminal = (selector.Flags & Terminal) != 0,
            ClassId = options.UInt32(TCA_U32_CLASSID) is { } id ? new TcHandle(id) : null,
            Actions = FilterAction.ReadAll(ref options, TCA_U32_ACT),
        };
    }

    private static EquatableArray<U32Key> ReadKeys(ReadOnlySpan<byte> selector, byte count)
    {
        var headerSize = Unsafe.SizeOf<TcU32Selector>();
        var keySize = Unsafe.SizeOf<U32Key.Wire>();
        if (selector.Length < headerSize + count * keySize)
            throw NetlinkReader.Malformed($"{count} keys in {selector.Length} bytes");
        var keys = new U32Key[count];
        for (var i = 0; i < count; i++)
            keys[i] = U32Key.FromWire(MemoryMarshal.Read<U32Key.Wire>(selector[(headerSize + i * keySize)..]));
        return [.. keys];
    }
}
