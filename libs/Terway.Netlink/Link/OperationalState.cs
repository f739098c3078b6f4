namespace Terway.Netlink;

/// <summary>The operational state of a link (<c>IF_OPER_*</c>, RFC 2863), as after <c>state</c> in <c>ip link</c>.</summary>
public enum OperationalState : byte
{
    /// <summary>Not reported, as by loopback.</summary>
    Unknown = 0,

    /// <summary>A component is missing.</summary>
    NotPresent = 1,

    /// <summary>Down.</summary>
    Down = 2,

    /// <summary>A link that this one is stacked on is down.</summary>
    LowerLayerDown = 3,

    /// <summary>Under test.</summary>
    Testing = 4,

    /// <summary>Waits for an external event.</summary>
    Dormant = 5,

    /// <summary>Up.</summary>
    Up = 6,
}
