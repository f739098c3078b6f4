using System.Net;
using static Terway.Netlink.NfTablesConstants;

namespace Terway.Netlink;

/// <summary>An element of a set or map. A value: one that is only a key allocates nothing.</summary>
/// <remarks>
/// In a set of intervals an interval is two elements: its first key, and the key after its last with
/// <see cref="NftElementFlags.IntervalEnd"/>. In one of intervals of concatenations it is one element with <see cref="KeyEnd"/>.
/// </remarks>
public readonly record struct NftElement
{
    private readonly Extras? _extras;

    /// <summary>An element that is only a key.</summary>
    /// <param name="key">The key.</param>
    public NftElement(NftData key) => Key = key;

    /// <summary>An element of a verdict map.</summary>
    /// <param name="key">The key.</param>
    /// <param name="verdict">The verdict.</param>
    public NftElement(NftData key, NftVerdict verdict)
    {
        Key = key;
        _extras = Extras.None with { Verdict = verdict };
    }

    /// <summary>An element of a map.</summary>
    /// <param name="key">The key.</param>
    /// <param name="data">The data.</param>
    public NftElement(NftData key, NftData data)
    {
        Key = key;
        _extras = Extras.None with { Data = data };
    }

    /// <summary>The key; its length is the set's. Empty for a catch-all.</summary>
    public NftData Key { get; init; }

    /// <summary>The last key of an interval of concatenations.</summary>
    public NftData? KeyEnd
    {
        get => _extras?.KeyEnd;
        init => _extras = Present with { KeyEnd = value };
    }

    /// <summary>The data of a map's element.</summary>
    public NftData? Data
    {
        get => _extras?.Data;
        init => _extras = Present with { Data = value };
    }

    /// <summary>The verdict of a verdict map's element.</summary>
    public NftVerdict? Verdict
    {
        get => _extras?.Verdict;
        init => _extras = Present with { Verdict = value };
    }

    /// <summary>The flags.</summary>
    public NftElementFlags Flags
    {
        get => _extras?.Flags ?? NftElementFlags.None;
        init => _extras = Present with { Flags = value };
    }

    /// <summary>The time it stays from when it is added, in milliseconds' precision; null is the set's.</summary>
    public TimeSpan? Timeout
    {
        get => _extras?.Timeout;
        init => _extras = Present with { Timeout = value };
    }

    /// <summary>The time it still has.</summary>
    public TimeSpan? Expiration
    {
        get => _extras?.Expiration;
        init => _extras = Present with { Expiration = value };
    }

    /// <summary>The comment: up to <see cref="NftUserData.MaxCommentLength"/> bytes.</summary>
    public string? Comment
    {
        get => UserData.Text(NFTNL_UDATA_COMMENT);
        init => UserData = UserData.With(NFTNL_UDATA_COMMENT, value);
    }

    /// <summary>What a program keeps with it, the comment included.</summary>
    public NftUserData UserData
    {
        get => _extras?.UserData ?? NftUserData.Empty;
        init => _extras = Present with { UserData = value };
    }

    /// <summary>Attributes that have no name here, such as a counter.</summary>
    public RawAttributes Unknown
    {
        get => _extras?.Unknown ?? RawAttributes.Empty;
        init => _extras = Present with { Unknown = value };
    }

    private Extras Present => _extras ?? Extras.None;

    /// <summary>The interval of a prefix, in a set of intervals: its first key and, unless it goes to the last key there is, its end.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <returns>One or two elements.</returns>
    public static EquatableArray<NftElement> Interval(IPNetwork prefix)
    {
        Span<byte> bytes = stackalloc byte[16];
        prefix.BaseAddress.TryWriteBytes(bytes, out var length);
        bytes = bytes[..length];
        var first = new NftElement(new NftData(bytes));
        return TryAdvance(bytes, prefix.PrefixLength) ? [first, End(new(bytes))] : [first];
    }

    /// <summary>The end of an interval.</summary>
    /// <param name="key">The first key that no longer belongs to it.</param>
    /// <returns>The element.</returns>
    public static NftElement End(NftData key) => new(key) { Flags = NftElementFlags.IntervalEnd };

    /// <summary>The key with its flags in a short form.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Flags == NftElementFlags.None ? Key.ToString() : $"{Key} ({Flags})";

    /// <summary>Adds one to the bits of a prefix; false when there is no address above it.</summary>
    private static bool TryAdvance(Span<byte> address, int prefixLength)
    {
        for (var bit = prefixLength - 1; bit >= 0; bit--)
        {
            var mask = (byte)(0x80 >> (bit % 8));
            address[bit / 8] ^= mask;
            if ((address[bit / 8] & mask) != 0)
                return true;
        }
        return false;
    }

    internal void Write(ref NetlinkWriter writer)
    {
        var element = writer.BeginNested(NFTA_LIST_ELEM);
        if ((Flags & NftElementFlags.CatchAll) == NftElementFlags.None)
            Key.Write(ref writer, NFTA_SET_ELEM_KEY);
        _extras?.Write(ref writer);
        writer.EndNested(element);
    }

    internal static NftElement Read(NetlinkReader reader)
    {
        var table = new AttributeTable(reader, stackalloc AttributeSlot[NFTA_SET_ELEM_KEY_END + 1]);
        var key = NftData.Read(ref table, NFTA_SET_ELEM_KEY) ?? default;
        return new(key, Extras.Read(ref table));
    }

    private NftElement(NftData key, Extras? extras)
    {
        Key = key;
        _extras = extras;
    }

    /// <summary>What most elements do not have.</summary>
    private sealed record Extras
    {
        internal static Extras None { get; } = new();

        internal NftData? KeyEnd { get; init; }

        internal NftData? Data { get; init; }

        internal NftVerdict? Verdict { get; init; }

        internal NftElementFlags Flags { get; init; }

        internal TimeSpan? Timeout { get; init; }

        internal TimeSpan? Expiration { get; init; }

        internal NftUserData UserData { get; init; } = NftUserData.Empty;

        internal RawAttributes Unknown { get; init; } = RawAttributes.Empty;

        internal void Write(ref NetlinkWriter writer)
        {
            KeyEnd?.Write(ref writer, NFTA_SET_ELEM_KEY_END);
            Data?.Write(ref writer, NFTA_SET_ELEM_DATA);
            Verdict?.Write(ref writer, NFTA_SET_ELEM_DATA);
            writer.WriteUInt32BigEndian(NFTA_SET_ELEM_FLAGS, Flags == NftElementFlags.None ? null : (uint)Flags);
            writer.WriteUInt64BigEndian(NFTA_SET_ELEM_TIMEOUT, (ulong?)Timeout?.TotalMilliseconds);
            writer.WriteUInt64BigEndian(NFTA_SET_ELEM_EXPIRATION, (ulong?)Expiration?.TotalMilliseconds);
            UserData.Write(ref writer, NFTA_SET_ELEM_USERDATA);
            writer.WriteRaw(Unknown);
        }

        internal static Extras? Read(ref AttributeTable table)
        {
            var hasData = table.TryTake(NFTA_SET_ELEM_DATA, out var data);
            var extras = new Extras
            {
                KeyEnd = NftData.Read(ref table, NFTA_SET_ELEM_KEY_END),
                Data = hasData && data.Nested.Find(NFTA_DATA_VALUE, out var value) ? NftData.Read(value) : null,
                Verdict = hasData ? NftVerdict.Read(data.Nested) : null,
                Flags = (NftElementFlags)(table.UInt32BigEndian(NFTA_SET_ELEM_FLAGS) ?? 0),
                Timeout = Milliseconds(table.UInt64BigEndian(NFTA_SET_ELEM_TIMEOUT)),
                Expiration = Milliseconds(table.UInt64BigEndian(NFTA_SET_ELEM_EXPIRATION)),
                UserData = NftUserData.Read(ref table, NFTA_SET_ELEM_USERDATA),
                Unknown = table.TakeRest(),
            };
            return extras == None ? null : extras;
        }
    }

    internal static TimeSpan? Milliseconds(ulong? value) => value switch
    {
        null => null,
        > long.MaxValue / TimeSpan.TicksPerMillisecond => TimeSpan.MaxValue,
        { } milliseconds => TimeSpan.FromTicks((long)milliseconds * TimeSpan.TicksPerMillisecond),
    };
}
