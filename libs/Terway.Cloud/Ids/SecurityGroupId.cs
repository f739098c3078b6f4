namespace Terway.Cloud;

/// <summary>The id of a security group, <c>sg-…</c>.</summary>
/// <param name="Value">The text as the cloud writes it.</param>
public readonly record struct SecurityGroupId(string Value)
{
    /// <summary>The text as the cloud writes it.</summary>
    public override string ToString() => Value ?? "";
}
