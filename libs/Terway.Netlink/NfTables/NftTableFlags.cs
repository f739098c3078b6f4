namespace Terway.Netlink;

/// <summary>Flags of a table (<c>NFT_TABLE_F_*</c>).</summary>
[Flags]
public enum NftTableFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>Its chains see no packets.</summary>
    Dormant = 1,

    /// <summary>It belongs to the socket that made it: others cannot change it, and it goes with the socket (Linux 5.12).</summary>
    Owner = 2,

    /// <summary>With <see cref="Owner"/>: it stays when the socket goes (Linux 6.9).</summary>
    Persist = 4,
}
