namespace Terway.Netlink;

/// <summary>What is known of a neighbour (<c>NUD_*</c>), as the last word in <c>ip neigh</c>.</summary>
[Flags]
public enum NeighbourStates : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Asked for, not answered.</summary>
    Incomplete = 0x01,

    /// <summary>Confirmed.</summary>
    Reachable = 0x02,

    /// <summary>Known, not confirmed lately.</summary>
    Stale = 0x04,

    /// <summary>Waits for a confirmation by traffic.</summary>
    Delay = 0x08,

    /// <summary>Asked directly.</summary>
    Probe = 0x10,

    /// <summary>Did not answer.</summary>
    Failed = 0x20,

    /// <summary>Needs no asking.</summary>
    NoArp = 0x40,

    /// <summary>Set by hand, kept until deleted.</summary>
    Permanent = 0x80,
}

/// <summary>Flags of a neighbour (<c>NTF_*</c>).</summary>
[Flags]
public enum NeighbourFlags : byte
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>In use.</summary>
    Use = 0x01,

    /// <summary>Forwarding database: of the link itself.</summary>
    Self = 0x02,

    /// <summary>Forwarding database: of the link's bridge.</summary>
    Master = 0x04,

    /// <summary>This host answers for the address (<c>proxy</c>).</summary>
    Proxy = 0x08,

    /// <summary>Learned by another program.</summary>
    ExternallyLearned = 0x10,

    /// <summary>A router.</summary>
    Router = 0x80,
}
