namespace Terway.Cloud;

/// <summary>The id of a zone, such as <c>cn-hangzhou-k</c>.</summary>
/// <param name="Value">The text as the cloud writes it.</param>
public readonly record struct ZoneId(string Value)
{
    /// <summary>The text as the cloud writes it.</summary>
    public override string ToString() => Value ?? "";
}
