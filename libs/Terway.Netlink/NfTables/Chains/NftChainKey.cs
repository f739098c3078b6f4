namespace Terway.Netlink;

/// <summary>What a chain is known by.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Name">Its name, unique in the table.</param>
public sealed record NftChainKey(NftTableKey Table, string Name)
{
    /// <summary>The chain in the words of <c>nft</c>.</summary>
    /// <returns>Family, table and chain.</returns>
    public override string ToString() => $"{Table} {Name}";
}
