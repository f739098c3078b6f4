using System.Collections.Immutable;
using System.Net;
using Terway.Policy.Internal;

namespace Terway.Policy.Nftables.Internal;

/// <summary>What a rule states, as matches: the cheap ones first, those of sets last.</summary>
internal sealed class RuleCondition
{
    private readonly ActiveRule _rule;
    private readonly IpVersion? _version;
    private readonly IIpSetNames _sets;
    private readonly LiteralSets _literals;
    private readonly Alternatives _alternatives = new();

    private RuleCondition(ActiveRule rule, IpVersion? version, IIpSetNames sets, LiteralSets literals)
    {
        _rule = rule;
        _version = version;
        _sets = sets;
        _literals = literals;
    }

    private IpProtocol IcmpProtocol => _version is IpVersion.V4 ? IpProtocol.Icmp : IpProtocol.IcmpV6;

    /// <summary>The rows of matches for a rule; none where nothing can match it.</summary>
    internal static ImmutableArray<ImmutableArray<RuleStatement>> Of(ActiveRule rule, IIpSetNames sets, LiteralSets literals)
    {
        IpVersion?[] versions = rule.IpVersion is not null ? [rule.IpVersion] : AsksVersion(rule) ? [IpVersion.V4, IpVersion.V6] : [null];
        return [.. versions.SelectMany(version => new RuleCondition(rule, version, sets, literals).Rows())];
    }

    private static bool AsksVersion(ActiveRule rule) =>
        rule.Icmp is not null || rule.NotIcmp is not null || AsksAddress(rule.Source) || AsksAddress(rule.Destination);

    private static bool AsksAddress(ActiveEntity entity) =>
        !entity.Nets.IsEmpty || !entity.NotNets.IsEmpty || entity.Set is not null || entity.NotSet is not null
        || !entity.PortSets.IsEmpty || !entity.NotPortSets.IsEmpty;

    private ImmutableArray<ImmutableArray<RuleStatement>> Rows()
    {
        AndProtocol();
        AndIcmp();
        var source = new EntityFields(isSource: true, _version);
        var destination = new EntityFields(isSource: false, _version);
        AndNets(_rule.Source, source);
        AndNets(_rule.Destination, destination);
        AndNotPorts(_rule.Source, source);
        AndNotPorts(_rule.Destination, destination);
        AndPorts(_rule.Source, source);
        AndPorts(_rule.Destination, destination);
        AndSets(_rule.Source, source);
        AndSets(_rule.Destination, destination);
        return _alternatives.Rows;
    }

    private void AndProtocol()
    {
        if (_version is { } version)
            _alternatives.And(StaticRules.IsVersion(version));
        if (_rule.Protocol is { } protocol)
            _alternatives.And(NumberMatch.Of(PacketField.TransportProtocol, protocol.Number));
        if (_rule.NotProtocol is { } other)
            _alternatives.And(NumberMatch.Not(PacketField.TransportProtocol, other.Number));
    }

    /// <summary>A rule of another protocol has no ICMP type; one of no protocol has to ask for ICMP first.</summary>
    private void AndIcmp()
    {
        if (_rule.Icmp is { } icmp)
            AndIcmp(icmp);
        else if (_rule.NotIcmp is { } not && (_rule.Protocol is null || _rule.Protocol == IcmpProtocol))
            AndNotIcmp(not);
    }

    /// <summary>Where a type is wanted, one that is not wanted rules out that type itself, some code of it, or nothing.</summary>
    private void AndIcmp(IcmpMatch icmp)
    {
        var not = _rule.NotIcmp is { } other && other.Type == icmp.Type ? _rule.NotIcmp : null;
        var isRuledOut = not is not null && (not.Value.Code is null || not.Value.Code == icmp.Code);
        if (isRuledOut || (_rule.Protocol is { } protocol && protocol != IcmpProtocol))
        {
            _alternatives.Never();
            return;
        }

        AndIsIcmp();
        _alternatives.And(NumberMatch.Of(TypeField, icmp.Type));
        if (icmp.Code is { } code)
            _alternatives.And(NumberMatch.Of(CodeField, code));
        else if (not?.Code is { } notCode)
            _alternatives.And(NumberMatch.Not(CodeField, notCode));
    }

    private void AndNotIcmp(IcmpMatch not)
    {
        ImmutableArray<RuleStatement> isIcmp = _rule.Protocol is null ? [IsIcmp] : [];
        List<ImmutableArray<RuleStatement>> rows = [[.. isIcmp, NumberMatch.Not(TypeField, not.Type)]];
        if (not.Code is { } code)
            rows.Add([.. isIcmp, NumberMatch.Of(TypeField, not.Type), NumberMatch.Not(CodeField, code)]);
        if (_rule.Protocol is null)
            rows.Add([NumberMatch.Not(PacketField.TransportProtocol, IcmpProtocol.Number)]);
        _alternatives.AndAny([.. rows]);
    }

    private void AndIsIcmp()
    {
        if (_rule.Protocol is null)
            _alternatives.And(IsIcmp);
    }

    private NumberMatch IsIcmp => NumberMatch.Of(PacketField.TransportProtocol, IcmpProtocol.Number);

    private PacketField TypeField => _version is IpVersion.V4 ? PacketField.IcmpType : PacketField.IcmpV6Type;

    private PacketField CodeField => _version is IpVersion.V4 ? PacketField.IcmpCode : PacketField.IcmpV6Code;

    private void AndNets(ActiveEntity entity, EntityFields fields)
    {
        if (!entity.Nets.IsEmpty)
        {
            var nets = OfVersion(entity.Nets);
            if (nets.Count == 0)
                _alternatives.Never();
            else if (nets[0].PrefixLength > 0)
                _alternatives.And(IsIn(nets, fields, isNegated: false));
        }

        if (!entity.NotNets.IsEmpty)
        {
            var nets = OfVersion(entity.NotNets);
            if (nets.Count == 0 || nets[0].PrefixLength == 0)
                _alternatives.Never();
            else
                _alternatives.And(IsIn(nets, fields, isNegated: true));
        }
    }

    private List<IPNetwork> OfVersion(EquatableArray<IPNetwork> nets) => NetworkList.Widest(nets.Where(n => n.Version() == _version));

    private RuleStatement IsIn(List<IPNetwork> nets, EntityFields fields, bool isNegated) => nets.Count == 1
        ? new AddressMatch(fields.Address, nets[0], isNegated)
        : new SetMatch([fields.Address], _literals.Networks(_version!.Value, nets), isNegated);

    private void AndPorts(ActiveEntity entity, EntityFields fields)
    {
        if (entity.Ports.IsEmpty && entity.PortSets.IsEmpty)
            return;
        List<ImmutableArray<RuleStatement>> rows = [];
        if (!entity.Ports.IsEmpty && _rule.Protocol is null)
            rows.Add([IsTransport(isNegated: false), IsPort(entity.Ports, fields, isNegated: false)]);
        else if (!entity.Ports.IsEmpty && _rule.Protocol!.Value.HasPorts)
            rows.Add([IsPort(entity.Ports, fields, isNegated: false)]);
        foreach (var set in entity.PortSets)
            rows.Add([new SetMatch(fields.AddressAndPort, _sets.Hash(set, _version!.Value))]);
        _alternatives.AndAny([.. rows]);
    }

    /// <summary>A packet without ports has none of the ports that are ruled out; the kernel would not ask it further.</summary>
    private void AndNotPorts(ActiveEntity entity, EntityFields fields)
    {
        List<RuleStatement> none = [];
        if (!entity.NotPorts.IsEmpty)
            none.Add(IsPort(entity.NotPorts, fields, isNegated: true));
        foreach (var set in entity.NotPortSets)
            none.Add(new SetMatch(fields.AddressAndPort, _sets.Hash(set, _version!.Value), IsNegated: true));
        if (none.Count == 0 || _rule.Protocol is { HasPorts: false })
            return;
        if (_rule.Protocol is null)
            _alternatives.AndAny([IsTransport(isNegated: true)], [IsTransport(isNegated: false), .. none]);
        else
            _alternatives.AndAny([.. none]);
    }

    private SetMatch IsTransport(bool isNegated) => new([PacketField.TransportProtocol], _literals.Transports(), isNegated);

    private RuleStatement IsPort(EquatableArray<PortRange> ports, EntityFields fields, bool isNegated)
    {
        var merged = PortList.Merge(ports);
        return merged.Count == 1
            ? new NumberMatch(fields.Port, merged[0].First, merged[0].Last, isNegated)
            : new SetMatch([fields.Port], _literals.Ports(merged), isNegated);
    }

    private void AndSets(ActiveEntity entity, EntityFields fields)
    {
        if (entity.NotSet is { } not)
        {
            _alternatives.And(new SetMatch([fields.Address], _sets.Hash(not, _version!.Value), IsNegated: true));
            if (_sets.Intervals(not, _version.Value) is { } blocks)
                _alternatives.And(new SetMatch([fields.Address], blocks, IsNegated: true));
        }

        if (entity.Set is { } set)
        {
            ImmutableArray<RuleStatement> isAddress = [new SetMatch([fields.Address], _sets.Hash(set, _version!.Value))];
            if (_sets.Intervals(set, _version.Value) is { } blocks)
                _alternatives.AndAny(isAddress, [new SetMatch([fields.Address], blocks)]);
            else
                _alternatives.AndAny(isAddress);
        }
    }

    /// <summary>The fields by which one end of a packet is asked.</summary>
    private readonly struct EntityFields(bool isSource, IpVersion? version)
    {
        internal PacketField Address => (isSource, version) switch
        {
            (true, IpVersion.V4) => PacketField.SourceAddressV4,
            (true, _) => PacketField.SourceAddressV6,
            (false, IpVersion.V4) => PacketField.DestinationAddressV4,
            (false, _) => PacketField.DestinationAddressV6,
        };

        internal PacketField Port => isSource ? PacketField.SourcePort : PacketField.DestinationPort;

        internal EquatableArray<PacketField> AddressAndPort => [Address, PacketField.TransportProtocol, Port];
    }
}
