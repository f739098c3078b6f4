namespace Terway.Netlink;

/// <summary>What a rule does with packets that it matches (<c>FR_ACT_*</c>).</summary>
public enum RuleAction : byte
{
    /// <summary>Not said; in a request to delete, any.</summary>
    Unspecified = 0,

    /// <summary>Looks in a table (<c>lookup</c>).</summary>
    ToTable = 1,

    /// <summary>Goes on at another rule.</summary>
    Goto = 2,

    /// <summary>Does nothing.</summary>
    Nop = 3,

    /// <summary>Drops in silence.</summary>
    Blackhole = 6,

    /// <summary>Answers that the network cannot be reached.</summary>
    Unreachable = 7,

    /// <summary>Answers that it is forbidden.</summary>
    Prohibit = 8,
}
