namespace Terway.Policy.Nftables;

/// <summary>A named set, or a map from a key to a verdict. Its elements are told apart from it.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Key">The parts of its key.</param>
/// <param name="IsInterval">Whether its elements are ranges or blocks, which must not overlap; otherwise it is a hash.</param>
/// <param name="IsVerdictMap">Whether each element carries a verdict.</param>
public sealed record RulesetSet(string Name, EquatableArray<ElementType> Key, bool IsInterval = false, bool IsVerdictMap = false);
