using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using Terway.Policy.Internal;

namespace Terway.Policy.Iptables;

/// <summary>A chain with all its rules.</summary>
/// <param name="Table">The table: <c>filter</c> or <c>raw</c>.</param>
/// <param name="Name">Its name, at most 28 bytes.</param>
/// <param name="Rules">Its rules in their order.</param>
/// <param name="Resource">The policy or the pod that it is rendered from; null for what stands without any.</param>
/// <param name="Direction">Ingress or egress, seen from the pod.</param>
public sealed record IptablesChain(
    string Table, string Name, EquatableArray<IptablesRule> Rules, ResourceKey? Resource = null, PolicyDirections Direction = PolicyDirections.None)
{
    private const int HashLength = 16;

    /// <summary>What the hash comments of all chains begin with.</summary>
    public const string HashPrefix = "cali:";

    /// <summary>Felix's hash of each rule, which stands in its comment: it depends on the rules before it, so that equal hashes mean equal chains.</summary>
    public ImmutableArray<string> Hashes() => HashesOf(Name, "-A", Name, Rules);

    /// <summary>The lines that <c>iptables-restore</c> appends the rules by.</summary>
    public IEnumerable<string> Lines() => Hashes().Zip(Rules.Items, (hash, rule) => Line("-A", Name, hash, rule));

    internal static string Line(string verb, string chain, string hash, IptablesRule rule) =>
        $"{verb} {chain} -m comment --comment \"{HashPrefix}{hash}\" {rule.Commented}".TrimEnd();

    internal static ImmutableArray<string> HashesOf(string seed, string verb, string chain, EquatableArray<IptablesRule> rules)
    {
        var hashes = ImmutableArray.CreateBuilder<string>(rules.Count);
        var former = Sha224.Hash(Encoding.UTF8.GetBytes(seed));
        foreach (var rule in rules)
        {
            former = Sha224.Hash([.. former, .. Encoding.UTF8.GetBytes($"{verb} {chain} HASH {rule.Commented}")]);
            hashes.Add(Base64Url.EncodeToString(former)[..HashLength]);
        }

        return hashes.MoveToImmutable();
    }
}
