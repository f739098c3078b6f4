using System.Text;

namespace Terway.Policy.Nftables.Internal;

/// <summary>Writes a ruleset as <c>nft -f</c> reads it: the same ruleset gives the same text.</summary>
internal sealed class RulesetText(Ruleset ruleset)
{
    private readonly StringBuilder _text = new();

    internal string Write()
    {
        // The first line makes the second one work where there is no such table yet.
        _text.Append($"table inet {ruleset.Table}\ndelete table inet {ruleset.Table}\n\ntable inet {ruleset.Table} {{\n");
        foreach (var content in ruleset.Sets.Values.OrderBy(s => s.Set.Name, StringComparer.Ordinal))
            Write(content);
        foreach (var chain in ruleset.Chains.Values.OrderBy(c => c.Hook is null).ThenBy(c => c.Name, StringComparer.Ordinal))
            Write(chain);
        return _text.Append("}\n").ToString();
    }

    private void Write(RulesetSetContent content)
    {
        var set = content.Set;
        var types = string.Join(" . ", set.Key.Select(Name));
        _text.Append($"\t{(set.IsVerdictMap ? "map" : "set")} {set.Name} {{\n\t\ttype {types}{(set.IsVerdictMap ? " : verdict" : "")}\n");
        if (set.IsInterval)
            _text.Append("\t\tflags interval\n");
        if (!content.Elements.IsEmpty)
            _text.Append($"\t\telements = {{\n\t\t\t{string.Join(",\n\t\t\t", content.Elements.Select(e => Text(set, e)).Order(StringComparer.Ordinal))}\n\t\t}}\n");
        _text.Append("\t}\n\n");
    }

    private void Write(RulesetChain chain)
    {
        _text.Append($"\tchain {chain.Name} {{\n");
        if (chain.Hook is { } hook)
            _text.Append($"\t\ttype filter hook {hook.Point.ToString().ToLowerInvariant()} priority {hook.Priority}; policy accept;\n");
        foreach (var rule in chain.Rules)
            _text.Append($"\t\t{RuleText.Of(rule)}\n");
        _text.Append("\t}\n\n");
    }

    private static string Text(RulesetSet set, RulesetElement element)
    {
        var key = string.Join(" . ", set.Key.Select(type => type switch
        {
            ElementType.InterfaceName => RuleText.Quote(element.Interface!),
            ElementType.Protocol => element.Protocol!.Value.Number.ToString(),
            ElementType.Port => RuleText.Range(element.Ports!.Value.First, element.Ports.Value.Last),
            _ => set.IsInterval ? element.Network!.Value.ToString() : element.Network!.Value.BaseAddress.ToString(),
        }));
        return element.Verdict is null ? key : $"{key} : {element.Verdict}";
    }

    private static string Name(ElementType type) => type switch
    {
        ElementType.InterfaceName => "ifname",
        ElementType.AddressV4 => "ipv4_addr",
        ElementType.AddressV6 => "ipv6_addr",
        ElementType.Protocol => "inet_proto",
        _ => "inet_service",
    };
}
