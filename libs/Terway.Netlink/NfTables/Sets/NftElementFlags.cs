namespace Terway.Netlink;

/// <summary>Flags of a set's element (<c>NFT_SET_ELEM_*</c>).</summary>
[Flags]
public enum NftElementFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>The first key that no longer belongs to the interval before.</summary>
    IntervalEnd = 1,

    /// <summary>What is found where nothing else is (Linux 5.13).</summary>
    CatchAll = 2,
}
