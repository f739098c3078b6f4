namespace Terway.Cloud;

/// <summary>The kind of a security group; one ENI never mixes two.</summary>
/// <param name="Value">The text as the cloud writes it.</param>
/// <remarks>An open set: the cloud may answer a text that is not among the known members.</remarks>
public readonly record struct SecurityGroupType(string Value)
{
    /// <summary>A basic group: up to 2,000 private addresses.</summary>
    public static SecurityGroupType Basic => new("normal");

    /// <summary>An enterprise (advanced) group: up to 65,536 private addresses.</summary>
    public static SecurityGroupType Enterprise => new("enterprise");

    /// <summary>The text as the cloud writes it.</summary>
    public override string ToString() => Value ?? "";
}
