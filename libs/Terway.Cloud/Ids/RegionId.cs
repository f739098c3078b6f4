namespace Terway.Cloud;

/// <summary>The id of a region, such as <c>cn-hangzhou</c>.</summary>
/// <param name="Value">The text as the cloud writes it.</param>
public readonly record struct RegionId(string Value)
{
    /// <summary>The text as the cloud writes it.</summary>
    public override string ToString() => Value ?? "";
}
