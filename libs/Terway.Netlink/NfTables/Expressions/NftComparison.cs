namespace Terway.Netlink;

/// <summary>How values are compared (<c>NFT_CMP_*</c>), byte by byte from the first: numbers in network order compare as numbers.</summary>
public enum NftComparison : uint
{
    /// <summary>Equal; within, for a range.</summary>
    Equal = 0,

    /// <summary>Not equal; outside, for a range.</summary>
    NotEqual = 1,

    /// <summary>Less.</summary>
    Less = 2,

    /// <summary>Less or equal.</summary>
    LessOrEqual = 3,

    /// <summary>Greater.</summary>
    Greater = 4,

    /// <summary>Greater or equal.</summary>
    GreaterOrEqual = 5,
}
