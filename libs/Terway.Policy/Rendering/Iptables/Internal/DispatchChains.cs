namespace Terway.Policy.Iptables.Internal;

/// <summary>Renders the way from a link to its endpoint's chain: a tree of two levels, so that few of many links are compared.</summary>
internal sealed class DispatchChains(IptablesOptions options)
{
    internal IEnumerable<IptablesChain> Render(IReadOnlyCollection<string> links, PolicyDirections direction)
    {
        var root = IptablesNames.Dispatch(direction);
        var prefix = CommonPrefix(links);
        List<IptablesRule> rules = [];
        List<IptablesChain> children = [];
        foreach (var group in links.Order(StringComparer.Ordinal).GroupBy(l => l.Length > prefix.Length ? l[..(prefix.Length + 1)] : l, StringComparer.Ordinal))
        {
            if (group.Count() == 1)
            {
                rules.Add(ToEndpoint(group.First(), direction));
                continue;
            }

            var child = $"{root}-{group.Key[^1]}";
            rules.Add(new($"{Side(direction)} {group.Key}+ --goto {child}"));
            children.Add(Chain(child, [.. group.Select(link => ToEndpoint(link, direction))]));
        }

        return [Chain(root, rules), .. children];
    }

    private IptablesChain Chain(string name, IEnumerable<IptablesRule> rules) => new(
        IptablesNames.Filter, name, options.DenyUnknownPods ? [.. rules, new("--jump DROP", "Unknown interface")] : [.. rules]);

    private static IptablesRule ToEndpoint(string link, PolicyDirections direction) =>
        new($"{Side(direction)} {link} --goto {IptablesNames.Endpoint(link, direction)}");

    internal static string Side(PolicyDirections direction) => direction is PolicyDirections.Ingress ? "--out-interface" : "--in-interface";

    private static string CommonPrefix(IReadOnlyCollection<string> links)
    {
        if (links.Count == 0)
            return "";
        var prefix = links.First();
        foreach (var link in links)
        {
            var same = 0;
            while (same < prefix.Length && same < link.Length && prefix[same] == link[same])
                same++;
            prefix = prefix[..same];
        }

        return prefix;
    }
}
