namespace Terway.Policy.Internal;

/// <summary>
/// Reads the policies of the cluster's administrators. What this version does not know (a peer by node or by domain name, a protocol that
/// comes later) fails closed: a rule that accepts loses it, a rule that denies or passes denies everything.
/// </summary>
internal static class ClusterPolicyReader
{
    private const int MostPriority = 1000;

    internal static Resource? ReadCluster(ObjectHeader header, FieldReader root) => Read(header, root, ResourceKind.ClusterNetworkPolicy, spec => spec.Text("tier") switch
    {
        "Admin" => ClusterPolicyTier.Admin,
        "Baseline" => ClusterPolicyTier.Baseline,
        _ => Refuse(spec, "tier must be Admin or Baseline"),
    });

    internal static Resource? ReadAdmin(ObjectHeader header, FieldReader root) =>
        Read(header, root, ResourceKind.AdminNetworkPolicy, _ => ClusterPolicyTier.Admin);

    internal static Resource? ReadBaseline(ObjectHeader header, FieldReader root) => Read(header, root, ResourceKind.BaselineAdminNetworkPolicy, spec =>
        header.Name == "default" ? ClusterPolicyTier.Baseline : Refuse(spec, "the only BaselineAdminNetworkPolicy is named default"));

    private static ClusterPolicyTier? Refuse(FieldReader spec, string reason)
    {
        spec.Fail(reason);
        return null;
    }

    private static ClusterPolicy? Read(ObjectHeader header, FieldReader root, ResourceKind kind, Func<FieldReader, ClusterPolicyTier?> readTier)
    {
        var before = root.ProblemCount;
        if (root.Child("spec") is not { } spec)
        {
            root.Fail("must have a spec");
            return null;
        }

        var tier = readTier(spec);
        var subject = spec.Child("subject", ReadSubject);
        if (subject is null && root.ProblemCount == before)
            spec.Fail("must have a subject");
        var isBaseline = kind is ResourceKind.BaselineAdminNetworkPolicy;
        var priority = isBaseline ? MostPriority : spec.Integer("priority", 0, MostPriority);
        if (!isBaseline && !spec.Has("priority"))
            spec.Fail("must have a priority");
        CheckActions(spec, "ingress", kind);
        CheckActions(spec, "egress", kind);
        if (root.ProblemCount > before)
            return null;
        return new()
        {
            Name = header.Name,
            Kind = kind,
            Tier = tier!.Value,
            Priority = priority!.Value,
            Subject = subject!,
            Ingress = spec.List("ingress", rule => ReadRule(rule, "from")),
            Egress = spec.List("egress", rule => ReadRule(rule, "to")),
        };
    }

    private static void CheckActions(FieldReader spec, string list, ResourceKind kind)
    {
        foreach (var rule in spec.Items(list))
        {
            if (ActionOf(rule) is null || (kind is ResourceKind.BaselineAdminNetworkPolicy && ActionOf(rule) is RuleAction.Pass))
                rule.Fail("must have the action Accept (Allow in v1alpha1), Deny or Pass; no Pass in the baseline of v1alpha1");
        }
    }

    private static RuleAction? ActionOf(FieldReader rule) => rule.Has("action") ? rule.Text("action") switch
    {
        "Accept" or "Allow" => RuleAction.Allow,
        "Deny" => RuleAction.Deny,
        "Pass" => RuleAction.Pass,
        _ => null,
    }
    : null;

    private static ClusterPolicyRule ReadRule(FieldReader field, string peersName)
    {
        var before = field.ProblemCount;
        var action = ActionOf(field)!.Value;
        var peers = field.List(peersName, ReadPeer);
        var hasPorts = field.Items("protocols").Any() || field.Items("ports").Any();
        EquatableArray<ClusterPolicyPort> ports = [.. field.Items("protocols").Select(ReadProtocol).OfType<ClusterPolicyPort>(), .. field.Items("ports").Select(ReadPort).OfType<ClusterPolicyPort>()];
        var rule = new ClusterPolicyRule { Name = field.Text("name"), Action = action, Peers = peers, Ports = ports };
        if (field.ProblemCount == before)
            return rule;
        if (action is not RuleAction.Allow)
            return rule with { Action = RuleAction.Deny, Peers = [ClusterPolicyPeer.Everybody], Ports = [] };
        return hasPorts && ports.IsEmpty ? rule with { Peers = [] } : rule;
    }

    private static ClusterPolicyPeer? ReadSubject(FieldReader field) =>
        field.Has("networks") ? field.Fail<ClusterPolicyPeer>("must be namespaces or pods") : ReadPeer(field);

    private static ClusterPolicyPeer? ReadPeer(FieldReader field)
    {
        var before = field.ProblemCount;
        var namespaces = field.Child("namespaces", LabelSelectorReader.Read);
        var pods = field.Child("pods");
        var networks = field.Values("networks", network => network.Network());
        if (new[] { namespaces is not null, pods is not null, field.Has("networks") }.Count(isThere => isThere) != 1)
            field.Fail("must be one of namespaces, pods and networks, which are those that this version knows");
        var peer = new ClusterPolicyPeer
        {
            Namespaces = namespaces ?? pods?.Child("namespaceSelector", LabelSelectorReader.Read) ?? LabelSelector.Everything,
            Pods = pods?.Child("podSelector", LabelSelectorReader.Read) ?? LabelSelector.Everything,
            Networks = networks,
        };
        return field.ProblemCount == before ? peer : null;
    }

    /// <summary>A protocol of v1alpha2.</summary>
    private static ClusterPolicyPort? ReadProtocol(FieldReader field)
    {
        if (field.Text("destinationNamedPort") is { Length: > 0 } name)
            return new(null, PortMatch.Named(name));
        foreach (var (key, protocol) in new[] { ("tcp", IpProtocol.Tcp), ("udp", IpProtocol.Udp), ("sctp", IpProtocol.Sctp) })
        {
            if (field.Child(key) is { } known)
                return known.Child("destinationPort") is { } port ? Ranged(protocol, port, port.Child("range")) : new(protocol, null);
        }

        field.Fail("must be tcp, udp, sctp or destinationNamedPort, which are those that this version knows");
        return null;
    }

    private static ClusterPolicyPort? Ranged(IpProtocol protocol, FieldReader port, FieldReader? range) => range is null
        ? Numbered(protocol, port, "number", "number")
        : Numbered(protocol, range, "start", "end");

    /// <summary>A port of v1alpha1.</summary>
    private static ClusterPolicyPort? ReadPort(FieldReader field)
    {
        if (field.Text("namedPort") is { Length: > 0 } name)
            return new(null, PortMatch.Named(name));
        var (at, first, last) = field.Child("portNumber") is { } number ? (number, "port", "port") : (field.Child("portRange"), "start", "end");
        if (at is null)
        {
            field.Fail("must be portNumber, portRange or namedPort, which are those that this version knows");
            return null;
        }

        if (IpProtocol.TryParse(at.Text("protocol") ?? "TCP", out var protocol) && protocol.HasPorts)
            return Numbered(protocol, at, first, last);
        at.Fail("must have the protocol TCP, UDP or SCTP");
        return null;
    }

    private static ClusterPolicyPort? Numbered(IpProtocol protocol, FieldReader field, string first, string last)
    {
        if (field.Integer(first, 1, ushort.MaxValue) is not { } start || field.Integer(last, 1, ushort.MaxValue) is not { } end || end < start)
        {
            field.Fail($"must have {first}{(first == last ? "" : $" and {last}, in this order")}");
            return null;
        }

        return new(protocol, PortMatch.Number((ushort)start, (ushort)end));
    }
}
