using System.Net;

namespace Terway.Policy.Nftables.Internal;

/// <summary>The chains that stand whatever the policies are: from the hooks to the pods' own chains.</summary>
/// <remarks>
/// What a pod sends and what a pod gets are asked in base chains of their own, one after the other. So "accept" within each says just what the
/// policies of one end say, no mark has to carry it further, and the kernel, which walks all paths of a table when rules change, finds them side
/// by side and not multiplied.
/// <code>
/// forward 0 : forward-from ── link is a pod's ──► from-pod ── by link ──► from-cali… ──► out-POLICY …
/// input   0 : input-from ──── link is a pod's ──► from-pod-to-node ──► from-pod
/// forward 1 : forward-to ──── link is a pod's ──► to-pod ──── by link ──► to-cali… ────► in-POLICY …
/// output    : not hooked: the node always reaches its own pods
/// </code>
/// </remarks>
internal sealed class StaticRules(NftablesOptions options)
{
    /// <summary>NFPROTO_IPV4 and NFPROTO_IPV6 of <c>linux/netfilter.h</c>.</summary>
    private const ushort NetfilterV4 = 2;
    private const ushort NetfilterV6 = 10;

    private static readonly IPNetwork LinkLocal = IPNetwork.Parse("fe80::/10");

    internal static RulesetSet FromMap { get; } = new(RulesetNames.FromMap, [ElementType.InterfaceName], IsVerdictMap: true);

    internal static RulesetSet ToMap { get; } = new(RulesetNames.ToMap, [ElementType.InterfaceName], IsVerdictMap: true);

    /// <summary>The links that belong to pods.</summary>
    internal static RulesetSet Endpoints { get; } = new(RulesetNames.Endpoints, [ElementType.InterfaceName]);

    /// <summary>Which link may send from which address.</summary>
    internal static RulesetSet SourcesV4 { get; } = new(RulesetNames.Sources(IpVersion.V4), [ElementType.InterfaceName, ElementType.AddressV4]);

    internal static RulesetSet SourcesV6 { get; } = new(RulesetNames.Sources(IpVersion.V6), [ElementType.InterfaceName, ElementType.AddressV6]);

    internal static RuleStatement IsVersion(IpVersion version) =>
        NumberMatch.Of(PacketField.NetworkProtocol, version is IpVersion.V4 ? NetfilterV4 : NetfilterV6);

    /// <summary>All of them.</summary>
    /// <param name="hasOtherNames">Whether there are pods whose links do not begin with the prefix.</param>
    internal IEnumerable<RulesetChain> Chains(bool hasOtherNames) =>
    [
        Base(RulesetNames.FromForward, HookPoint.Forward, 0, PacketField.InputInterface, RulesetNames.FromPod, hasOtherNames),
        Base(RulesetNames.FromInput, HookPoint.Input, 0, PacketField.InputInterface, RulesetNames.FromPodToNode, hasOtherNames),
        Base(RulesetNames.ToForward, HookPoint.Forward, 1, PacketField.OutputInterface, RulesetNames.ToPod, hasOtherNames),
        new(RulesetNames.FromPodToNode, [.. NeighbourDiscovery(), Rule("", RulesetVerdict.Goto(RulesetNames.FromPod))]),
        new(RulesetNames.FromPod, [.. SourceChecks(), .. Dispatch(PacketField.InputInterface, RulesetNames.FromMap)]),
        new(RulesetNames.ToPod, [.. KnownPodsOnly(PacketField.OutputInterface), .. Dispatch(PacketField.OutputInterface, RulesetNames.ToMap)]),
    ];

    private RulesetChain Base(string name, HookPoint point, int priority, PacketField link, string next, bool hasOtherNames)
    {
        List<RulesetRule> rules = [Rule("", RulesetVerdict.Goto(next), new InterfaceMatch(link, options.InterfacePrefix))];
        if (hasOtherNames)
            rules.Add(Rule("", RulesetVerdict.Goto(next), new SetMatch([link], RulesetNames.Endpoints)));
        return new(name, rules.ToEquatableArray(), new(point, priority));
    }

    /// <summary>Without these, IPv6 does not work at all: MLD 130 to 132 and 143, router and neighbour discovery 133, 135 and 136.</summary>
    private static IEnumerable<RulesetRule> NeighbourDiscovery() =>
        new (ushort First, ushort Last)[] { (130, 133), (135, 136), (143, 143) }.Select(types => Rule(
            "neighbour discovery",
            RulesetVerdict.Accept,
            IsVersion(IpVersion.V6),
            NumberMatch.Of(PacketField.TransportProtocol, IpProtocol.IcmpV6.Number),
            new NumberMatch(PacketField.IcmpV6Type, types.First, types.Last)));

    /// <summary>Before established connections, or a pod could speak in those of another by sending from its address.</summary>
    private IEnumerable<RulesetRule> SourceChecks() =>
    [
        .. KnownPodsOnly(PacketField.InputInterface),
        Rule(
            "not the pod's address",
            RulesetVerdict.Drop,
            IsVersion(IpVersion.V4),
            new SetMatch([PacketField.InputInterface, PacketField.SourceAddressV4], SourcesV4.Name, IsNegated: true),
            new CountStatement()),
        Rule(
            "not the pod's address",
            RulesetVerdict.Drop,
            IsVersion(IpVersion.V6),
            new AddressMatch(PacketField.SourceAddressV6, LinkLocal, IsNegated: true),
            new SetMatch([PacketField.InputInterface, PacketField.SourceAddressV6], SourcesV6.Name, IsNegated: true),
            new CountStatement()),
    ];

    private IEnumerable<RulesetRule> KnownPodsOnly(PacketField link) => options.DenyUnknownPods
        ? []
        : [Rule("not known to policy yet", RulesetVerdict.Accept, new SetMatch([link], RulesetNames.Endpoints, IsNegated: true))];

    private IEnumerable<RulesetRule> Dispatch(PacketField link, string map)
    {
        yield return Rule("", RulesetVerdict.Accept, new StateMatch(ConnectionStates.Established | ConnectionStates.Related));
        if (options.DropInvalid)
            yield return Rule("belongs to no connection", RulesetVerdict.Drop, new StateMatch(ConnectionStates.Invalid), new CountStatement());
        yield return new([new MapVerdict(link, map)]);
        yield return Rule("pod not known", RulesetVerdict.Drop, new CountStatement());
    }

    private static RulesetRule Rule(string comment, RulesetVerdict verdict, params ReadOnlySpan<RuleStatement> before) =>
        new([.. before, new VerdictStatement(verdict)], comment);
}
