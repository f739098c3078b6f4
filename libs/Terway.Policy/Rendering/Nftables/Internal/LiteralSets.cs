using System.Net;

namespace Terway.Policy.Nftables.Internal;

/// <summary>Collects the sets of constants that rules need: lists of ports, protocols and blocks, named by what they hold and so shared by all who hold the same.</summary>
internal sealed class LiteralSets
{
    private readonly Dictionary<string, RulesetSetContent> _sets = new(StringComparer.Ordinal);

    internal IEnumerable<RulesetSetContent> Sets => _sets.Values;

    internal string Ports(List<PortRange> ports) => Add(new(
        new(RulesetNames.Ports(ports), [ElementType.Port], IsInterval: ports.Exists(p => p.First != p.Last)),
        [.. ports.Select(p => new RulesetElement(Ports: p))]));

    internal string Networks(IpVersion version, List<IPNetwork> networks) => Add(new(
        new(RulesetNames.Networks(version, networks), [version is IpVersion.V4 ? ElementType.AddressV4 : ElementType.AddressV6], IsInterval: true),
        [.. networks.Select(n => new RulesetElement(Network: n))]));

    /// <summary>The protocols whose ports rules may ask.</summary>
    internal string Transports() => Add(new(
        new("transports", [ElementType.Protocol]),
        [new(Protocol: IpProtocol.Tcp), new(Protocol: IpProtocol.Udp), new(Protocol: IpProtocol.Sctp)]));

    private string Add(RulesetSetContent content)
    {
        _sets[content.Set.Name] = content;
        return content.Set.Name;
    }
}
