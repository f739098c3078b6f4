namespace Terway.Netlink;

/// <summary>Flags of a set (<c>NFT_SET_*</c>).</summary>
[Flags]
public enum NftSetFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>It belongs to one rule and goes with it.</summary>
    Anonymous = 0x1,

    /// <summary>Its elements do not change while a rule uses it.</summary>
    Constant = 0x2,

    /// <summary>It holds intervals, which must not overlap.</summary>
    Interval = 0x4,

    /// <summary>Its elements carry data or verdicts: a map.</summary>
    Map = 0x8,

    /// <summary>Its elements may expire.</summary>
    Timeout = 0x10,

    /// <summary>Rules may change it: <c>dynamic</c>.</summary>
    Dynamic = 0x20,

    /// <summary>Its elements refer to stateful objects.</summary>
    ObjectMap = 0x40,

    /// <summary>Intervals of concatenations (Linux 5.6); added by itself to <see cref="Interval"/> where the key is one.</summary>
    Concatenation = 0x80,

    /// <summary>Its elements carry expressions.</summary>
    Expression = 0x100,
}
