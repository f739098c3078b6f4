namespace Terway.Cloud;

/// <summary>The id of an elastic network interface, <c>eni-…</c>.</summary>
/// <param name="Value">The text as the cloud writes it.</param>
public readonly record struct EniId(string Value)
{
    /// <summary>The text as the cloud writes it.</summary>
    public override string ToString() => Value ?? "";
}
