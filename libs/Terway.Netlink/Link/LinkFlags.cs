namespace Terway.Netlink;

/// <summary>The flags of a link (<c>IFF_*</c> of <c>linux/if.h</c>), as between the angle brackets of <c>ip link</c>.</summary>
[Flags]
public enum LinkFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>Administratively up.</summary>
    Up = 1 << 0,

    /// <summary>Has a valid broadcast address.</summary>
    Broadcast = 1 << 1,

    /// <summary>The loopback link.</summary>
    Loopback = 1 << 3,

    /// <summary>Has one peer.</summary>
    PointToPoint = 1 << 4,

    /// <summary>Operationally up.</summary>
    Running = 1 << 6,

    /// <summary>Resolves no neighbours.</summary>
    NoArp = 1 << 7,

    /// <summary>Receives all packets.</summary>
    Promiscuous = 1 << 8,

    /// <summary>Receives all multicast packets.</summary>
    AllMulticast = 1 << 9,

    /// <summary>Master of a load balancing bundle.</summary>
    Master = 1 << 10,

    /// <summary>Part of a load balancing bundle.</summary>
    Slave = 1 << 11,

    /// <summary>Supports multicast.</summary>
    Multicast = 1 << 12,

    /// <summary>The driver signals a carrier.</summary>
    LowerUp = 1 << 16,

    /// <summary>The driver signals that it waits for an event.</summary>
    Dormant = 1 << 17,
}
