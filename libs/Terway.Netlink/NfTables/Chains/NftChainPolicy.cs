namespace Terway.Netlink;

/// <summary>What becomes of a packet at the end of a base chain.</summary>
public enum NftChainPolicy : uint
{
    /// <summary>It is dropped.</summary>
    Drop = 0,

    /// <summary>It is accepted.</summary>
    Accept = 1,
}
