namespace Terway.Cloud;

/// <summary>The id of an ECS instance, <c>i-…</c>.</summary>
/// <param name="Value">The text as the cloud writes it.</param>
public readonly record struct InstanceId(string Value)
{
    /// <summary>The text as the cloud writes it.</summary>
    public override string ToString() => Value ?? "";
}
