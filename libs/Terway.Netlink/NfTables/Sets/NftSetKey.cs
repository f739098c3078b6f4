namespace Terway.Netlink;

/// <summary>What a set or map is known by.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Name">Its name, unique in the table.</param>
/// <param name="Id">A number by which the transaction that adds an anonymous set knows it; null for a set with a name.</param>
public sealed record NftSetKey(NftTableKey Table, string Name, uint? Id = null)
{
    /// <summary>The name under which an anonymous set is added: the kernel puts a number in.</summary>
    public const string Anonymous = "__set%d";

    /// <summary>The name under which an anonymous map is added: the kernel puts a number in.</summary>
    public const string AnonymousMap = "__map%d";

    /// <summary>The set in the words of <c>nft</c>.</summary>
    /// <returns>Family, table and set.</returns>
    public override string ToString() => $"{Table} {Name}";
}
