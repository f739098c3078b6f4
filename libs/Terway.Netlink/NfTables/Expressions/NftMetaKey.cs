namespace Terway.Netlink;

/// <summary>What <see cref="NftMeta"/> loads or sets (<c>NFT_META_*</c>).</summary>
public enum NftMetaKey : uint
{
    /// <summary>The packet's length: 4 bytes in the host's order.</summary>
    Length = 0,

    /// <summary>The ethertype: 2 bytes.</summary>
    Protocol = 1,

    /// <summary>The priority: 4 bytes in the host's order.</summary>
    Priority = 2,

    /// <summary>The mark: 4 bytes in the host's order.</summary>
    Mark = 3,

    /// <summary>The index of the link that it came in through: 4 bytes in the host's order.</summary>
    InputIndex = 4,

    /// <summary>The index of the link that it goes out through.</summary>
    OutputIndex = 5,

    /// <summary>The name of the link that it came in through: 16 bytes.</summary>
    InputName = 6,

    /// <summary>The name of the link that it goes out through: 16 bytes.</summary>
    OutputName = 7,

    /// <summary>Whether it is traced: 1 byte.</summary>
    Trace = 12,

    /// <summary>The family, an <see cref="NftFamily"/>: 1 byte.</summary>
    Family = 15,

    /// <summary>The transport protocol: 1 byte.</summary>
    TransportProtocol = 16,

    /// <summary>To whom it goes (host, broadcast, multicast, other): 1 byte.</summary>
    PacketType = 19,

    /// <summary>The group of the link that it came in through: 4 bytes in the host's order.</summary>
    InputGroup = 21,

    /// <summary>The group of the link that it goes out through.</summary>
    OutputGroup = 22,

    /// <summary>A random number: 4 bytes.</summary>
    Random = 24,
}
