namespace Terway.Netlink;

/// <summary>Flags of a rule (<c>FIB_RULE_*</c>).</summary>
[Flags]
public enum RuleFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>The kernel's own, which cannot be deleted.</summary>
    Permanent = 1,

    /// <summary>Matches what the selectors do not (<c>not</c>).</summary>
    Invert = 2,

    /// <summary>The rule to go on at is missing.</summary>
    Unresolved = 4,

    /// <summary>The link that packets come in through is missing.</summary>
    InputDetached = 8,

    /// <summary>The link that packets go out through is missing.</summary>
    OutputDetached = 16,
}
