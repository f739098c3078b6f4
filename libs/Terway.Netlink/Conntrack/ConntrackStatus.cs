namespace Terway.Netlink;

/// <summary>The status of a connection, as bits (<c>IPS_*</c>).</summary>
[Flags]
public enum ConntrackStatus : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Another connection announced it.</summary>
    Expected = 1 << 0,

    /// <summary>Packets went both ways.</summary>
    SeenReply = 1 << 1,

    /// <summary>It is not dropped early when the table is full.</summary>
    Assured = 1 << 2,

    /// <summary>Its first packet has left.</summary>
    Confirmed = 1 << 3,

    /// <summary>Its source is translated.</summary>
    SourceNat = 1 << 4,

    /// <summary>Its destination is translated.</summary>
    DestinationNat = 1 << 5,

    /// <summary>It is deleted.</summary>
    Dying = 1 << 9,
}
