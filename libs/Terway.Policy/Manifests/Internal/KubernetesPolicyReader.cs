namespace Terway.Policy.Internal;

/// <summary>
/// Reads Kubernetes' NetworkPolicy. The API server lets no bad part through; in a manifest that nobody checked, a bad peer is
/// left out, and a rule without its last peer or with a bad port matches nothing, so that the mistake allows less and never more.
/// </summary>
internal static class KubernetesPolicyReader
{
    internal static Resource? Read(ObjectHeader header, FieldReader root)
    {
        var spec = root.Child("spec");
        var before = root.ProblemCount;
        var subject = spec?.Child("podSelector", LabelSelectorReader.Read) ?? LabelSelector.Everything;
        var types = ReadTypes(spec);
        if (root.ProblemCount > before)
            return null;
        return new KubernetesNetworkPolicy
        {
            Name = header.Name,
            Namespace = header.Namespace!,
            PodSelector = subject,
            PolicyTypes = types,
            Ingress = spec?.List("ingress", rule => ReadRule(rule, "from")) ?? default,
            Egress = spec?.List("egress", rule => ReadRule(rule, "to")) ?? default,
        };
    }

    private static PolicyDirections? ReadTypes(FieldReader? spec)
    {
        PolicyDirections? types = null;
        foreach (var item in spec?.Items("policyTypes") ?? [])
        {
            var type = item.Text() switch
            {
                "Ingress" => PolicyDirections.Ingress,
                "Egress" => PolicyDirections.Egress,
                _ => PolicyDirections.None,
            };
            if (type is PolicyDirections.None)
                item.Fail("must be Ingress or Egress");
            types = (types ?? PolicyDirections.None) | type;
        }

        return types;
    }

    private static KubernetesRule ReadRule(FieldReader field, string peersName)
    {
        var before = field.ProblemCount;
        var ports = field.Values("ports", ReadPort);
        if (field.ProblemCount > before)
            return KubernetesRule.Void;
        var peers = field.List(peersName, ReadPeer);
        if (peers.IsEmpty && field.ProblemCount > before)
            return KubernetesRule.Void;
        return new() { Peers = peers, Ports = ports };
    }

    private static KubernetesPort? ReadPort(FieldReader field)
    {
        var protocolText = field.Text("protocol") ?? "TCP";
        if (!IpProtocol.TryParse(protocolText, out var protocol) || !protocol.HasPorts || protocol.ToString() != protocolText)
            field.Fail($"'{protocolText}' is not TCP, UDP or SCTP");
        var end = field.Integer("endPort", 1, ushort.MaxValue);
        if (field.Child("port") is not { } port)
        {
            if (end is not null)
                field.Fail("endPort needs port");
            return new(protocol);
        }

        if (port.IsNumber)
        {
            if (port.Integer(1, ushort.MaxValue) is not { } first)
                return null;
            if (end >= first || end is null)
                return new(protocol, PortMatch.Number((ushort)first, (ushort)(end ?? first)));
            field.Fail("endPort must not be below port");
            return null;
        }

        if (end is not null)
            field.Fail("endPort needs port to be a number");
        if (port.Text() is not { Length: > 0 and <= 15 } name)
        {
            port.Fail("must be a number or a name of 1 to 15 characters");
            return null;
        }

        return new(protocol, PortMatch.Named(name));
    }

    private static KubernetesPeer? ReadPeer(FieldReader field)
    {
        var before = field.ProblemCount;
        var peer = new KubernetesPeer
        {
            PodSelector = field.Child("podSelector", LabelSelectorReader.Read),
            NamespaceSelector = field.Child("namespaceSelector", LabelSelectorReader.Read),
            IpBlock = field.Child("ipBlock", ReadBlock),
        };
        var hasSelector = peer.PodSelector is not null || peer.NamespaceSelector is not null;
        if (field.ProblemCount == before && hasSelector == (peer.IpBlock is not null))
            field.Fail(hasSelector ? "ipBlock excludes selectors" : "must specify a peer");
        return field.ProblemCount == before ? peer : null;
    }

    private static IpBlock? ReadBlock(FieldReader field)
    {
        if (field.Child("cidr") is not { } cidrField)
            return field.Fail<IpBlock>("must have a cidr");
        if (cidrField.Network() is not { } cidr)
            return null;
        var except = field.Values("except", item =>
        {
            var part = item.Network();
            if (part is { } network && (!cidr.Contains(network) || network.PrefixLength == cidr.PrefixLength))
                item.Fail($"{network} does not lie strictly inside {cidr}");
            return part;
        });
        return new(cidr, except);
    }
}
