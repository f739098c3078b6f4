namespace Terway.Netlink;

/// <summary>What <see cref="NftConntrack"/> loads or sets (<c>NFT_CT_*</c>).</summary>
public enum NftConntrackKey : uint
{
    /// <summary>The state, an <see cref="NftConntrackStates"/>: 4 bytes in the host's order.</summary>
    State = 0,

    /// <summary>The packet's direction: 1 byte, 0 original, 1 reply.</summary>
    Direction = 1,

    /// <summary>The connection's status, a <see cref="ConntrackStatus"/>: 4 bytes in the host's order.</summary>
    Status = 2,

    /// <summary>The connection's mark: 4 bytes in the host's order.</summary>
    Mark = 3,

    /// <summary>The network protocol: 1 byte.</summary>
    NetworkProtocol = 7,

    /// <summary>The source; needs a direction. 4 or 16 bytes.</summary>
    Source = 8,

    /// <summary>The destination; needs a direction.</summary>
    Destination = 9,

    /// <summary>The transport protocol: 1 byte.</summary>
    Protocol = 10,

    /// <summary>The source port; needs a direction. 2 bytes.</summary>
    SourcePort = 11,

    /// <summary>The destination port; needs a direction. 2 bytes.</summary>
    DestinationPort = 12,

    /// <summary>The labels: 16 bytes.</summary>
    Labels = 13,

    /// <summary>The zone: 2 bytes in the host's order.</summary>
    Zone = 17,
}

/// <summary>States of a packet in its connection, as bits (<c>NF_CT_STATE_BIT</c>).</summary>
[Flags]
public enum NftConntrackStates : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>It belongs to no connection and starts none.</summary>
    Invalid = 1,

    /// <summary>Its connection has seen packets in both directions.</summary>
    Established = 2,

    /// <summary>It starts a connection that another one announced, or is an error about one.</summary>
    Related = 4,

    /// <summary>It starts a connection.</summary>
    New = 8,

    /// <summary>Conntrack was told to leave it alone.</summary>
    Untracked = 64,
}
