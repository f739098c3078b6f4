namespace Terway.Cloud;

/// <summary>The id that the cloud gave one call: what its support asks for.</summary>
/// <param name="Value">The text as the cloud writes it.</param>
public readonly record struct RequestId(string Value)
{
    /// <summary>The text as the cloud writes it.</summary>
    public override string ToString() => Value ?? "";
}
