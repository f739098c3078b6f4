namespace Terway.Netlink;

/// <summary>Flags of an address (<c>IFA_F_*</c>).</summary>
[Flags]
public enum AddressFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>A further IPv4 address of the same subnet; in IPv6 a temporary one.</summary>
    Secondary = 0x01,

    /// <summary>IPv6: used at once, without asking whether another host has it (<c>nodad</c>).</summary>
    NoDuplicateDetection = 0x02,

    /// <summary>Used while duplicate detection runs.</summary>
    Optimistic = 0x04,

    /// <summary>Another host has it.</summary>
    DuplicateDetected = 0x08,

    /// <summary>No longer chosen as a source.</summary>
    Deprecated = 0x20,

    /// <summary>Duplicate detection runs.</summary>
    Tentative = 0x40,

    /// <summary>Configured by hand, without end.</summary>
    Permanent = 0x80,

    /// <summary>Gets no route for its subnet (<c>noprefixroute</c>).</summary>
    NoPrefixRoute = 0x200,

    /// <summary>Made with a stable secret (RFC 7217).</summary>
    StablePrivacy = 0x800,
}
