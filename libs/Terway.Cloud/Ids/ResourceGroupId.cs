namespace Terway.Cloud;

/// <summary>The id of a resource group, <c>rg-…</c>.</summary>
/// <param name="Value">The text as the cloud writes it.</param>
public readonly record struct ResourceGroupId(string Value)
{
    /// <summary>The text as the cloud writes it.</summary>
    public override string ToString() => Value ?? "";
}
