using System.Net;
using Terway.Policy.Internal;

namespace Terway.Policy.Iptables.Internal;

/// <summary>What a rule states, as the matches of one line and the lines that must come before it.</summary>
internal sealed class RuleMatch
{
    private static readonly IpProtocol[] Transports = [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp];

    private readonly ActiveRule _rule;
    private readonly IpVersion _version;
    private readonly MatchBlocks _blocks;
    private readonly List<string> _matches = [];
    private readonly List<string> _negated = [];
    private bool _isNever;

    private RuleMatch(ActiveRule rule, IpVersion version, IptablesOptions options)
    {
        _rule = rule;
        _version = version;
        _blocks = new(options);
    }

    private IpProtocol IcmpProtocol => _version is IpVersion.V4 ? IpProtocol.Icmp : IpProtocol.IcmpV6;

    /// <summary>The lines that come before the rule.</summary>
    internal IReadOnlyList<IptablesRule> Before => _blocks.Lines;

    /// <summary>The rule's own matches; empty where it matches whatever comes.</summary>
    internal string Text => string.Join(' ', [.. _matches, .. _negated, .. _blocks.Guard is { } guard ? new[] { guard } : []]);

    /// <summary>A rule's matches for one version of IP: several where it asks ports of no protocol, none where nothing can match it.</summary>
    internal static IEnumerable<RuleMatch> Of(ActiveRule rule, IpVersion version, IptablesOptions options)
    {
        if (rule.IpVersion is { } only && only != version)
            return [];
        var asksPorts = rule.Protocol is null && (!rule.Source.Ports.IsEmpty || !rule.Destination.Ports.IsEmpty);
        var rules = asksPorts ? Transports.Select(t => rule with { Protocol = t }) : [rule];
        return rules.Select(r => new RuleMatch(r, version, options).Build()).Where(m => !m._isNever);
    }

    private RuleMatch Build()
    {
        BuildBlocks();
        AddProtocol();
        AddEntity(_rule.Source, "source", "src");
        AddEntity(_rule.Destination, "destination", "dst");
        AddIcmp();
        AddNegatedEntity(_rule.Source, "source", "src");
        AddNegatedEntity(_rule.Destination, "destination", "dst");
        AddNegatedIcmp();
        return this;
    }

    private void BuildBlocks()
    {
        AddPortBlock(_rule.Source, "source", "src");
        AddPortBlock(_rule.Destination, "destination", "dst");
        AddNetBlock(_rule.Source, "source");
        AddNetBlock(_rule.Destination, "destination");
        AddNegatedNetBlock(_rule.Source, "source");
        AddNegatedNetBlock(_rule.Destination, "destination");
        AddNegatedPortBlock(_rule.Source, "source");
        AddNegatedPortBlock(_rule.Destination, "destination");
    }

    private void AddProtocol()
    {
        var not = _rule.NotProtocol;
        if (_rule.Protocol is { } protocol)
        {
            _matches.Add($"-p {Name(protocol)}");
            _isNever |= not == protocol;
        }
        else if (_rule.Icmp is not null)
        {
            _matches.Add($"-p {Name(IcmpProtocol)}");
            _isNever |= not == IcmpProtocol;
        }
        else if (not is { } other)
        {
            _negated.Add($"! -p {Name(other)}");
        }
    }

    private void AddEntity(ActiveEntity entity, string side, string setSide)
    {
        if (!entity.Nets.IsEmpty)
        {
            var nets = OfVersion(entity.Nets);
            _isNever |= nets.Count == 0;
            if (nets.Count == 1 && nets[0].PrefixLength > 0)
                _matches.Add($"--{side} {nets[0]}");
        }

        if (entity.Set is { } set)
            _matches.Add(InSet(set, setSide));
        if (NeedsPortBlock(entity))
            return;
        if (!entity.Ports.IsEmpty && HasPorts)
            _matches.Add(Multiport(side, Chunks(entity.Ports)[0]));
        else if (!entity.PortSets.IsEmpty)
            _matches.Add(InSet(entity.PortSets[0], $"{setSide},{setSide}"));
        else
            _isNever |= !entity.Ports.IsEmpty;
    }

    private void AddNegatedEntity(ActiveEntity entity, string side, string setSide)
    {
        if (!entity.NotNets.IsEmpty)
        {
            var nets = OfVersion(entity.NotNets);
            _isNever |= nets.Count == 0 || nets.Exists(n => n.PrefixLength == 0);
            if (nets.Count == 1 && !NeedsNegatedNetBlock(entity))
                _negated.Add($"! --{side} {nets[0]}");
        }

        if (entity.NotSet is { } not)
            _negated.Add($"-m set ! {MatchSet(not, setSide)}");
        if (_rule.Protocol is { HasPorts: false })
            return;
        if (_rule.Protocol is not null)
            _negated.AddRange(Chunks(entity.NotPorts).Select(chunk => $"-m multiport ! --{side}-ports {chunk}"));
        _negated.AddRange(entity.NotPortSets.Select(s => $"-m set ! {MatchSet(s, $"{setSide},{setSide}")}"));
    }

    private void AddIcmp()
    {
        if (_rule.Icmp is not { } icmp)
            return;
        _isNever |= _rule.Protocol is { } protocol && protocol != IcmpProtocol;
        _matches.Add(Icmp(icmp, ""));
    }

    private void AddNegatedIcmp()
    {
        if (_rule.NotIcmp is { } not && (_rule.Protocol == IcmpProtocol || (_rule.Protocol is null && _rule.Icmp is not null)))
            _negated.Add(Icmp(not, "! "));
    }

    /// <summary>Several alternatives, of which one is in the line itself where it is the only one.</summary>
    private void AddPortBlock(ActiveEntity entity, string side, string setSide)
    {
        if (!NeedsPortBlock(entity))
            return;
        var numbers = HasPorts ? Chunks(entity.Ports) : [];
        _blocks.AnyOf(
            numbers.Select(chunk => $"-p {Name(_rule.Protocol!.Value)} {Multiport(side, chunk)}")
                .Concat(entity.PortSets.Select(set => InSet(set, $"{setSide},{setSide}"))));
    }

    private bool NeedsPortBlock(ActiveEntity entity) => (HasPorts ? Chunks(entity.Ports).Count : 0) + entity.PortSets.Count > 1;

    private void AddNetBlock(ActiveEntity entity, string side)
    {
        var nets = OfVersion(entity.Nets);
        if (nets.Count > 1)
            _blocks.AnyOf(nets.Select(net => $"--{side} {net}"));
    }

    private void AddNegatedNetBlock(ActiveEntity entity, string side)
    {
        if (NeedsNegatedNetBlock(entity))
            _blocks.NoneOf(OfVersion(entity.NotNets).Select(net => $"--{side} {net}"));
    }

    /// <summary>A line has room for one address of each side, negated or not.</summary>
    private bool NeedsNegatedNetBlock(ActiveEntity entity) =>
        OfVersion(entity.NotNets).Count is > 0 and var count && OfVersion(entity.Nets).Count + count > 1;

    /// <summary>Ports and ICMP types that a packet of no stated protocol must not have: to ask them, the protocol must be asked first.</summary>
    private void AddNegatedPortBlock(ActiveEntity entity, string side)
    {
        if (_rule.Protocol is null && !entity.NotPorts.IsEmpty)
            _blocks.NoneOf(Transports.SelectMany(t => Chunks(entity.NotPorts).Select(chunk => $"-p {Name(t)} {Multiport(side, chunk)}")));
        if (side == "destination" && _rule is { Protocol: null, Icmp: null, NotIcmp: { } not })
            _blocks.NoneOf([$"-p {Name(IcmpProtocol)} {Icmp(not, "")}"]);
    }

    private bool HasPorts => _rule.Protocol is { HasPorts: true };

    /// <summary>The blocks of the version; the block of everything alone where it is among them, for it says all.</summary>
    private List<IPNetwork> OfVersion(EquatableArray<IPNetwork> nets)
    {
        List<IPNetwork> own = [.. nets.Where(n => n.Version() == _version).Distinct()];
        return own.FindIndex(n => n.PrefixLength == 0) is >= 0 and var index ? [own[index]] : own;
    }

    /// <summary>Ports in lists that one match takes: 15 numbers, of which a range is two.</summary>
    private static List<string> Chunks(EquatableArray<PortRange> ports)
    {
        const int Slots = 15;
        List<string> chunks = [];
        List<string> chunk = [];
        var used = 0;
        foreach (var range in ports)
        {
            var needed = range.First == range.Last ? 1 : 2;
            if (used + needed > Slots)
            {
                chunks.Add(string.Join(',', chunk));
                chunk.Clear();
                used = 0;
            }

            chunk.Add(range.ToString());
            used += needed;
        }

        if (chunk.Count > 0)
            chunks.Add(string.Join(',', chunk));
        return chunks;
    }

    private string InSet(string id, string sides) => $"-m set {MatchSet(id, sides)}";

    private string MatchSet(string id, string sides) => $"--match-set {IptablesNames.Set(id, _version)} {sides}";

    private static string Multiport(string side, string ports) => $"-m multiport --{side}-ports {ports}";

    private string Icmp(IcmpMatch icmp, string not)
    {
        var type = icmp.Code is { } code ? $"{icmp.Type}/{code}" : icmp.Type.ToString();
        return _version is IpVersion.V4 ? $"-m icmp {not}--icmp-type {type}" : $"-m icmp6 {not}--icmpv6-type {type}";
    }

    private static string Name(IpProtocol protocol) => protocol.Number switch
    {
        1 => "icmp",
        6 => "tcp",
        17 => "udp",
        58 => "ipv6-icmp",
        132 => "sctp",
        var number => number.ToString(),
    };
}
