using System.Net;

namespace Terway.Policy.Calculation;

/// <summary>Objects and packets drawn from a small world, in which things meet often: shared addresses, missing namespaces, orphaned tiers.</summary>
internal sealed class RandomCluster(int seed)
{
    public const string Node = "here";

    private static readonly string[] Namespaces = ["x", "y", "z"];
    private static readonly string[] Accounts = ["default", "robot"];
    private static readonly string[] Selectors =
    [
        "all()", "app == 'web'", "app != 'web'", "has(app)", "!has(app)", "app in {'web', 'db'}", "app not in {'db'}", "app == 'web' || zone == 'a'",
        "zone == 'a' && app == 'web'", "pcns.team == 'red'", "projectcalico.org/namespace == 'x'", "!(app starts with 'w')", "pcsa.role == 'admin'",
    ];

    private static readonly string[] NamespaceSelectors = ["all()", "global()", "team == 'red'", "team != 'red'", "global() || team == 'red'", "projectcalico.org/name == 'y'", "!has(team)"];
    private static readonly string[] Blocks = ["10.0.0.0/28", "10.0.0.4/30", "10.0.0.1/32", "0.0.0.0/0", "2001:db8::/120", "2001:db8::4/126", "::/0", "192.0.2.0/24"];
    private static readonly string[] PortNames = ["http", "dns", "none"];
    private static readonly ushort[] PortNumbers = [53, 80, 81, 8080];
    private static readonly IpProtocol[] Transports = [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp];

    private readonly Random _random = new(seed);

    /// <summary>A state: each object there or not, each in one of its readings.</summary>
    public List<Resource> State()
    {
        List<Resource> state = [];
        state.AddRange(Namespaces.Where(_ => Chance(85)).Select(n => new Namespace { Name = n, Labels = Labels("team", "red", "blue") }));
        state.AddRange(Namespaces.SelectMany(n => Accounts.Select(a => (n, a))).Where(_ => Chance(60))
            .Select(t => new ServiceAccount { Name = t.a, Namespace = t.n, Labels = Labels("role", "admin", "user") }));
        state.AddRange(Some(10, i => Pod(i)));
        state.AddRange(Some(4, i => new NetworkSet { Name = $"set{i}", Namespace = i < 2 ? Pick(Namespaces) : null, Labels = AppLabels(), Nets = Some(3, _ => Net()).ToEquatableArray() }));
        state.AddRange(new[] { "first", "last", "default" }.Where(_ => Chance(40)).Select(n =>
            new CalicoTier { Name = n, Order = Chance(80) ? Pick([100, 1_000_000, 2_000_000.0]) : null, DefaultAction = Pick([RuleAction.Deny, RuleAction.Pass]) }));
        state.AddRange(Some(5, i => KubernetesPolicy(i)));
        state.AddRange(Some(6, i => CalicoPolicy(i)));
        state.AddRange(Some(3, i => ClusterPolicy(i)));
        return [.. state.GroupBy(r => r.Key).Select(g => g.Last())];
    }

    public Packet PacketTo(IPAddress destination) => Packet(Address(destination.ToString().Contains(':', StringComparison.Ordinal)), destination);

    public Packet PacketFrom(IPAddress source) => Packet(source, Address(source.ToString().Contains(':', StringComparison.Ordinal)));

    public IEnumerable<T> Shuffle<T>(IEnumerable<T> items) => items.OrderBy(_ => _random.Next()).ToList();

    public bool Chance(int percent) => _random.Next(100) < percent;

    private Packet Packet(IPAddress source, IPAddress destination)
    {
        bool isV6 = source.ToString().Contains(':', StringComparison.Ordinal);
        IpProtocol protocol = Chance(15) ? (isV6 ? IpProtocol.IcmpV6 : IpProtocol.Icmp) : Chance(5) ? new IpProtocol(47) : Pick(Transports);
        return new()
        {
            Source = source,
            Destination = destination,
            Protocol = protocol,
            SourcePort = protocol.HasPorts ? Pick(PortNumbers) : (ushort)0,
            DestinationPort = protocol.HasPorts ? Pick(PortNumbers) : (ushort)0,
            Icmp = protocol == IpProtocol.Icmp || protocol == IpProtocol.IcmpV6 ? new IcmpMatch(Pick<byte>([8, 3]), Pick<byte>([0, 1])) : null,
        };
    }

    private Pod Pod(int number) => new()
    {
        Name = $"pod{number}",
        Namespace = Namespaces[number % Namespaces.Length],
        Node = Chance(60) ? Node : Chance(85) ? "there" : null,
        ServiceAccount = Chance(80) ? Pick(Accounts) : null,
        Labels = AppLabels(),
        Addresses = Chance(90) ? [Address(isV6: false), .. Chance(50) ? [Address(isV6: true)] : Array.Empty<IPAddress>()] : [],
        Ports = Some(2, _ => new NamedPort(Pick(PortNames[..2]), Pick(Transports), Pick(PortNumbers))).ToEquatableArray(),
        IsHostNetwork = Chance(5),
        IsFinished = Chance(5),
    };

    private KubernetesNetworkPolicy KubernetesPolicy(int number) => new()
    {
        Name = $"policy{number}",
        Namespace = Namespaces[number % Namespaces.Length],
        PodSelector = LabelSelector(),
        PolicyTypes = Chance(70) ? Pick([PolicyDirections.Ingress, PolicyDirections.Egress, PolicyDirections.Both]) : null,
        Ingress = Some(3, _ => KubernetesRule()).ToEquatableArray(),
        Egress = Some(3, _ => KubernetesRule()).ToEquatableArray(),
    };

    private KubernetesRule KubernetesRule() => new()
    {
        Peers = Some(2, _ => KubernetesPeer()).ToEquatableArray(),
        Ports = Some(3, _ => new KubernetesPort(Pick(Transports), Chance(20) ? null : Port())).ToEquatableArray(),
    };

    private KubernetesPeer KubernetesPeer() => _random.Next(4) switch
    {
        0 => new() { PodSelector = LabelSelector() },
        1 => new() { NamespaceSelector = NamespaceSelector() },
        2 => new() { PodSelector = LabelSelector(), NamespaceSelector = NamespaceSelector() },
        _ => new() { IpBlock = Block() },
    };

    private IpBlock Block()
    {
        IPNetwork outer = Net();
        return new(outer, Some(2, _ => Net()).Where(n => n.PrefixLength > outer.PrefixLength && outer.Contains(n.BaseAddress)).ToEquatableArray());
    }

    private ClusterPolicy ClusterPolicy(int number) => new()
    {
        Name = $"cluster{number}",
        Kind = Pick([ResourceKind.ClusterNetworkPolicy, ResourceKind.AdminNetworkPolicy]),
        Tier = Pick([ClusterPolicyTier.Admin, ClusterPolicyTier.Baseline]),
        Priority = Pick([0, 7, 1000]),
        Subject = new() { Namespaces = NamespaceSelector(), Pods = LabelSelector() },
        Ingress = Some(3, _ => ClusterRule()).ToEquatableArray(),
        Egress = Some(3, _ => ClusterRule()).ToEquatableArray(),
    };

    private ClusterPolicyRule ClusterRule() => new()
    {
        Action = Pick([RuleAction.Allow, RuleAction.Deny, RuleAction.Pass]),
        Peers = Some(3, _ => Chance(60)
            ? new ClusterPolicyPeer { Namespaces = NamespaceSelector(), Pods = LabelSelector() }
            : new ClusterPolicyPeer { Networks = Some(2, _ => Net()).Append(Net()).ToEquatableArray() }).ToEquatableArray(),
        Ports = Some(2, _ => Port() is { Name: not null } named && Chance(50) ? new(null, named) : new ClusterPolicyPort(Pick(Transports), Chance(20) ? null : Port())).ToEquatableArray(),
    };

    private CalicoPolicy CalicoPolicy(int number) => new()
    {
        Name = $"calico{number}",
        Namespace = number % 2 == 0 ? Pick(Namespaces) : null,
        Tier = Pick(["default", "first", "last", "kube-admin", "orphan"]),
        Order = Chance(70) ? Pick([1, 2, 1000.0]) : null,
        Selector = Selector.Parse(Pick(Selectors)),
        NamespaceSelector = number % 2 == 1 && Chance(30) ? Selector.Parse(Pick(NamespaceSelectors)) : null,
        ServiceAccountSelector = Chance(10) ? Selector.Parse("role == 'admin'") : null,
        Types = Chance(60) ? Pick([PolicyDirections.Ingress, PolicyDirections.Egress, PolicyDirections.Both]) : null,
        Ingress = Some(3, _ => CalicoRule()).ToEquatableArray(),
        Egress = Some(3, _ => CalicoRule()).ToEquatableArray(),
        IsForHostsOnly = Chance(5),
    };

    private CalicoRule CalicoRule()
    {
        IpProtocol? protocol = Chance(60) ? Pick(Transports) : Chance(20) ? Pick([IpProtocol.Icmp, IpProtocol.IcmpV6]) : null;
        bool isIcmp = protocol is { HasPorts: false };
        return new()
        {
            Action = Pick([RuleAction.Allow, RuleAction.Allow, RuleAction.Deny, RuleAction.Pass, RuleAction.Log]),
            IpVersion = Chance(10) ? Pick([IpVersion.V4, IpVersion.V6]) : null,
            Protocol = protocol,
            NotProtocol = Chance(10) ? Pick(Transports) : null,
            Icmp = isIcmp && Chance(50) ? new IcmpMatch(8, Chance(50) ? (byte)0 : null) : null,
            NotIcmp = isIcmp && Chance(30) ? new IcmpMatch(3, 1) : null,
            Source = Entity(protocol),
            Destination = Entity(protocol),
        };
    }

    private CalicoEntity Entity(IpProtocol? protocol) => Chance(30) ? CalicoEntity.Anything : new()
    {
        Nets = Chance(25) ? [Net()] : [],
        NotNets = Chance(15) ? [Net()] : [],
        Selector = Chance(40) ? Selector.Parse(Pick(Selectors)) : null,
        NotSelector = Chance(20) ? Selector.Parse(Pick(Selectors)) : null,
        NamespaceSelector = Chance(25) ? Selector.Parse(Pick(NamespaceSelectors)) : null,
        ServiceAccountNames = Chance(10) ? [Pick(Accounts)] : [],
        ServiceAccountSelector = Chance(10) ? Selector.Parse("role == 'admin'") : null,
        Ports = Chance(30) ? Ports(protocol) : [],
        NotPorts = Chance(15) ? Ports(protocol) : [],
    };

    private EquatableArray<PortMatch> Ports(IpProtocol? protocol) => protocol switch
    {
        { HasPorts: false } => [],
        null => [PortMatch.Named(Pick(PortNames))],
        _ => Some(2, _ => Port()).ToEquatableArray(),
    };

    private PortMatch Port() => Chance(40) ? PortMatch.Named(Pick(PortNames)) : Chance(30) ? PortMatch.Number(80, 81) : Pick(PortNumbers);

    private LabelSelector LabelSelector() => _random.Next(4) switch
    {
        0 => Policy.LabelSelector.Everything,
        1 => new() { MatchLabels = LabelSet.Of(("app", Pick(["web", "db"]))) },
        2 => new() { MatchExpressions = [new("zone", Pick([LabelRequirementOperator.In, LabelRequirementOperator.NotIn]), ["a", "b"])] },
        _ => new() { MatchExpressions = [new("app", Pick([LabelRequirementOperator.Exists, LabelRequirementOperator.DoesNotExist]))] },
    };

    private LabelSelector NamespaceSelector() => _random.Next(3) switch
    {
        0 => Policy.LabelSelector.Everything,
        1 => new() { MatchLabels = LabelSet.Of(("team", "red")) },
        _ => new() { MatchExpressions = [new("team", LabelRequirementOperator.NotIn, ["red"])] },
    };

    private LabelSet AppLabels() => LabelSet.Create(Labels("app", "web", "db").Concat(Labels("zone", "a", "c")));

    private LabelSet Labels(string key, string one, string other) => Chance(75) ? LabelSet.Of((key, Chance(60) ? one : other)) : LabelSet.Empty;

    private IPNetwork Net() => IPNetwork.Parse(Pick(Blocks));

    private IPAddress Address(bool isV6) => Chance(10)
        ? IPAddress.Parse(isV6 ? "2001:db8:ffff::1" : "192.0.2.1")
        : IPAddress.Parse(isV6 ? $"2001:db8::{_random.Next(1, 10)}" : $"10.0.0.{_random.Next(1, 12)}");

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];

    private List<T> Some<T>(int most, Func<int, T> make) => Enumerable.Range(0, most).Where(_ => Chance(70)).Select(make).ToList();
}
