namespace Terway.Netlink;

/// <summary>A table with all it held at one moment.</summary>
/// <param name="Generation">The generation of that moment: a transaction can ask that it is still the present one.</param>
/// <param name="Table">The table.</param>
/// <param name="Chains">Its chains.</param>
/// <param name="Rules">The rules of its chains, those of a chain in their order.</param>
/// <param name="Sets">Its sets and maps.</param>
/// <param name="Elements">The elements of each.</param>
public sealed record NftTableContents(
    uint Generation,
    NftTable Table,
    IReadOnlyList<NftChain> Chains,
    IReadOnlyList<NftRule> Rules,
    IReadOnlyList<NftSet> Sets,
    IReadOnlyDictionary<NftSetKey, IReadOnlyList<NftElement>> Elements);
