namespace Terway.Netlink;

/// <summary>A kernel setting and the value that it should have.</summary>
/// <param name="Key">The setting.</param>
/// <param name="Value">The value.</param>
public readonly record struct SysctlSetting(SysctlKey Key, string Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Key} = {Value}";
}

/// <summary>What became of a setting that was to be ensured.</summary>
public enum SysctlOutcome
{
    /// <summary>It had the value.</summary>
    Unchanged,

    /// <summary>It was written.</summary>
    Changed,

    /// <summary>There is no such setting: the link is gone, or the kernel lacks it.</summary>
    Absent,
}
