namespace Terway.Policy.Internal;

/// <summary>Reads a rule of a Calico policy.</summary>
internal static class CalicoRuleReader
{
    private const int MostPorts = 50;

    internal static CalicoRule? Read(FieldReader field, bool isIngress)
    {
        if (!Enum.TryParse(field.Text("action"), out RuleAction action) || action.ToString() != field.Text("action"))
            field.Fail("must have the action Allow, Deny, Pass or Log");
        if (field.Has("http") && (!isIngress || action is not RuleAction.Allow))
            field.Child("http")!.Fail("is for ingress rules that allow");
        var protocol = ReadProtocol(field, "protocol");
        var rule = new CalicoRule
        {
            Action = action,
            IpVersion = ReadVersion(field),
            Protocol = protocol,
            NotProtocol = ReadProtocol(field, "notProtocol"),
            Icmp = ReadIcmp(field, "icmp", protocol),
            NotIcmp = ReadIcmp(field, "notICMP", protocol),
            Source = field.Child("source", side => ReadEntity(side, protocol)) ?? CalicoEntity.Anything,
            Destination = field.Child("destination", side => ReadEntity(side, protocol)) ?? CalicoEntity.Anything,
            Annotations = field.Child("metadata")?.Labels("annotations") ?? LabelSet.Empty,
        };
        if (BlocksOf(rule.Source).Concat(BlocksOf(rule.Destination)).Select(n => n.Version()).Distinct().Count() > 1)
            field.Fail("the blocks of a rule must be of one version of IP");
        return rule;
    }

    private static IEnumerable<System.Net.IPNetwork> BlocksOf(CalicoEntity entity) => entity.Nets.Concat(entity.NotNets);

    private static IpVersion? ReadVersion(FieldReader field)
    {
        if (field.Integer("ipVersion", 4, 6) is not { } version)
            return null;
        if (version == 5)
            field.Child("ipVersion")!.Fail("must be 4 or 6");
        return (IpVersion)version;
    }

    private static IpProtocol? ReadProtocol(FieldReader field, string name)
    {
        if (field.Child(name) is not { } child || child.NumberOrText() is not { } text)
            return null;
        if (IpProtocol.TryParse(text, out var protocol))
            return protocol;
        child.Fail($"'{text}' is not a protocol");
        return null;
    }

    private static IcmpMatch? ReadIcmp(FieldReader field, string name, IpProtocol? protocol)
    {
        if (field.Child(name) is not { } child)
            return null;
        if (protocol != IpProtocol.Icmp && protocol != IpProtocol.IcmpV6)
            child.Fail("needs the protocol ICMP or ICMPv6");
        var (type, code) = (child.Integer("type", 0, 254), child.Integer("code", 0, 255));
        if (type is null && code is not null)
            child.Fail("code needs type");
        return type is { } number ? new((byte)number, (byte?)code) : null;
    }

    private static CalicoEntity ReadEntity(FieldReader field, IpProtocol? protocol)
    {
        if (field.Has("services"))
            field.Child("services")!.Fail("rules by service are not supported");
        var accounts = field.Child("serviceAccounts");
        var entity = new CalicoEntity
        {
            Nets = field.Values("nets", CalicoReader.ReadNet),
            NotNets = field.Values("notNets", CalicoReader.ReadNet),
            Selector = CalicoReader.ReadSelector(field, "selector"),
            NotSelector = CalicoReader.ReadSelector(field, "notSelector"),
            NamespaceSelector = CalicoReader.ReadSelector(field, "namespaceSelector", mayBeGlobal: true),
            ServiceAccountNames = accounts?.List("names", name => name.Text()) ?? default,
            ServiceAccountSelector = accounts is null ? null : CalicoReader.ReadSelector(accounts, "selector"),
            Ports = field.Values("ports", port => ReadPort(port, protocol)),
            NotPorts = field.Values("notPorts", port => ReadPort(port, protocol)),
        };
        if (entity.NotNets.Any(n => n.PrefixLength == 0))
            field.Child("notNets")!.Fail("must not hold every address");
        if (entity.Ports.Count > MostPorts || entity.NotPorts.Count > MostPorts)
            field.Fail($"holds more than {MostPorts} ports");
        return entity;
    }

    private static PortMatch? ReadPort(FieldReader field, IpProtocol? protocol)
    {
        if (field.NumberOrText() is not { } text)
            return null;
        var isNumber = text.All(c => char.IsAsciiDigit(c) || c == ':') && text.Length > 0;
        if (protocol is { HasPorts: false } || (isNumber && protocol is null))
            field.Fail("needs the protocol TCP, UDP or SCTP");
        if (!isNumber && text.Length is > 0 and <= 128)
            return PortMatch.Named(text);
        var bounds = text.Split(':');
        if (isNumber && bounds.Length <= 2 && ushort.TryParse(bounds[0], out var first) && ushort.TryParse(bounds[^1], out var last) && first <= last)
            return PortMatch.Number(first, last);
        field.Fail($"'{text}' is not a port, a range or a name");
        return null;
    }
}
