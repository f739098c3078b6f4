namespace Terway.Netlink;

/// <summary>The type of a set's keys or data. The kernel stores the number for <c>nft</c>, and looks only at lengths.</summary>
/// <param name="Id">The number of <c>nft</c>'s type; six bits for each field of a concatenation, the last one lowest.</param>
public readonly record struct NftDataType(uint Id)
{
    private const int FieldBits = 6;
    private const uint FieldMask = (1 << FieldBits) - 1;

    /// <summary>An IPv4 address: 4 bytes.</summary>
    public static NftDataType IPv4Address => new(7);

    /// <summary>An IPv6 address: 16 bytes.</summary>
    public static NftDataType IPv6Address => new(8);

    /// <summary>An Ethernet address: 6 bytes.</summary>
    public static NftDataType EthernetAddress => new(9);

    /// <summary>An IP protocol: 1 byte.</summary>
    public static NftDataType InetProtocol => new(12);

    /// <summary>A port: 2 bytes, big-endian.</summary>
    public static NftDataType InetService => new(13);

    /// <summary>The type of an ICMP message: 1 byte.</summary>
    public static NftDataType IcmpType => new(14);

    /// <summary>A packet's mark: 4 bytes in the host's order.</summary>
    public static NftDataType Mark => new(19);

    /// <summary>A link's index: 4 bytes in the host's order.</summary>
    public static NftDataType InterfaceIndex => new(20);

    /// <summary>The type of an ICMPv6 message: 1 byte.</summary>
    public static NftDataType IcmpV6Type => new(29);

    /// <summary>The code of an ICMP message: 1 byte.</summary>
    public static NftDataType IcmpCode => new(32);

    /// <summary>A link's name: 16 bytes, filled up with zeros.</summary>
    public static NftDataType InterfaceName => new(41);

    /// <summary>A verdict: the data of a verdict map.</summary>
    public static NftDataType Verdict => new(NfTablesConstants.NFT_DATA_VERDICT);

    /// <summary>Whether it has more than one field.</summary>
    public bool IsConcatenation => this != Verdict && Id > FieldMask;

    /// <summary>The length in bytes: of a concatenation with each field filled up to four bytes; 0 when the type is not known here.</summary>
    public int Length
    {
        get
        {
            if (!IsConcatenation)
                return LengthOf(Id);
            var length = 0;
            foreach (var part in Fields)
                length += NetlinkConstants.Align(part.Length);
            return length;
        }
    }

    /// <summary>The fields of a concatenation, or the type alone.</summary>
    public EquatableArray<NftDataType> Fields
    {
        get
        {
            if (!IsConcatenation)
                return [this];
            var fields = new Stack<NftDataType>();
            for (var rest = Id; rest != 0; rest >>= FieldBits)
                fields.Push(new(rest & FieldMask));
            return [.. fields];
        }
    }

    /// <summary>A concatenation, as <c>ipv4_addr . inet_service</c>.</summary>
    /// <param name="fields">Two to five fields that are none themselves.</param>
    /// <returns>The type.</returns>
    /// <exception cref="ArgumentException">Another number of fields, or one that cannot be a field.</exception>
    public static NftDataType Concat(params ReadOnlySpan<NftDataType> fields)
    {
        if (fields.Length is < 2 or > 5)
            throw new ArgumentException("A concatenation has two to five fields.", nameof(fields));
        uint id = 0;
        foreach (var field in fields)
        {
            if (field.Id is 0 or > FieldMask)
                throw new ArgumentException($"Type {field.Id} cannot be a field.", nameof(fields));
            id = id << FieldBits | field.Id;
        }
        return new(id);
    }

    /// <summary>Whether nft must be told that values are in the host's byte order; it takes a link's name for a number.</summary>
    internal bool IsHostOrder => this == Mark || this == InterfaceIndex || this == InterfaceName;

    private static int LengthOf(uint id) => id switch
    {
        7 or 19 or 20 => 4,
        8 or 41 => 16,
        9 => 6,
        12 or 14 or 29 or 32 => 1,
        13 => 2,
        _ => 0,
    };
}
