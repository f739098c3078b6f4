namespace Terway.Netlink;

/// <summary>What a table is known by.</summary>
/// <param name="Family">Its family.</param>
/// <param name="Name">Its name, unique in the family.</param>
public sealed record NftTableKey(NftFamily Family, string Name)
{
    /// <summary>The table in the words of <c>nft</c>.</summary>
    /// <returns>Family and name.</returns>
    public override string ToString() => $"{Family.Word()} {Name}";
}
