namespace Terway.Cloud;

/// <summary>The id of a vSwitch, <c>vsw-…</c>: one subnet of a VPC in one zone.</summary>
/// <param name="Value">The text as the cloud writes it.</param>
public readonly record struct VSwitchId(string Value)
{
    /// <summary>The text as the cloud writes it.</summary>
    public override string ToString() => Value ?? "";
}
