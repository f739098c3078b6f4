using System.Collections.Immutable;

namespace Terway.Policy.Iptables.Internal;

/// <summary>The chains that stand whatever the policies are, and what leads to them.</summary>
/// <remarks>
/// <code>
/// raw PREROUTING ──► cali-PREROUTING: a pod's packet whose source does not lead back to its link is dropped
/// filter FORWARD ──► cali-FORWARD ──► cali-from-wl-dispatch ──► cali-fw-… ──► cali-po-… , cali-pro-…
///                                 └─► cali-to-wl-dispatch ────► cali-tw-… ──► cali-pi-… , cali-pri-…
/// filter INPUT ────► cali-INPUT ────► cali-wl-to-host ────────► cali-from-wl-dispatch
/// </code>
/// What the node itself sends to its pods goes through OUTPUT, where nothing of ours stands.
/// </remarks>
internal sealed class StaticChains(IptablesOptions options)
{
    /// <summary>Without these, IPv6 does not work at all: MLD 130 to 132 and 143, router and neighbour discovery 133, 135 and 136.</summary>
    private static readonly int[] NeighbourDiscovery = [130, 131, 132, 133, 135, 136, 143];

    internal ImmutableArray<IptablesHook> Hooks =>
    [
        Jump(IptablesNames.Filter, "FORWARD", IptablesNames.Forward),
        Jump(IptablesNames.Filter, "INPUT", IptablesNames.Input),
        Jump(IptablesNames.Raw, "PREROUTING", IptablesNames.Prerouting),
        new(IptablesNames.Filter, "FORWARD", new($"{Marks.IsSet(options.AcceptMark)} --jump ACCEPT", "Policy explicitly accepted packet."), IsAppended: true),
    ];

    /// <summary>All of them.</summary>
    /// <param name="version">The version of IP.</param>
    /// <param name="otherLinks">Links of pods that do not begin with the prefix.</param>
    internal IEnumerable<IptablesChain> Render(IpVersion version, IReadOnlyCollection<string> otherLinks)
    {
        string[] links = [$"{options.InterfacePrefix}+", .. otherLinks.Order(StringComparer.Ordinal)];
        var from = IptablesNames.Dispatch(PolicyDirections.Egress);
        var to = IptablesNames.Dispatch(PolicyDirections.Ingress);
        return
        [
            new(IptablesNames.Filter, IptablesNames.Forward,
            [
                new(Marks.Set(0, options.AcceptMark | options.PassMark | options.AllMark | options.PartMark)),
                .. links.Select(l => new IptablesRule($"--in-interface {l} --jump {from}")),
                .. links.Select(l => new IptablesRule($"--out-interface {l} --jump {to}")),
            ]),
            new(IptablesNames.Filter, IptablesNames.Input, [.. links.Select(l => new IptablesRule($"--in-interface {l} --goto {IptablesNames.ToHost}"))]),
            new(IptablesNames.Filter, IptablesNames.ToHost,
            [
                .. version is IpVersion.V6 ? NeighbourDiscovery.Select(t => new IptablesRule($"-p ipv6-icmp -m icmp6 --icmpv6-type {t} --jump ACCEPT")) : [],
                new($"--jump {from}"),
                .. HostAction(),
            ]),
            new(IptablesNames.Raw, IptablesNames.Prerouting,
                [.. links.Select(l => new IptablesRule($"--in-interface {l} -m rpfilter --validmark --invert --jump DROP", "Source does not lead back"))]),
        ];
    }

    private IptablesRule[] HostAction() => options.EndpointToHostAction switch
    {
        RuleAction.Allow => [new("--jump ACCEPT", "Configured DefaultEndpointToHostAction")],
        RuleAction.Deny => [new("--jump DROP", "Configured DefaultEndpointToHostAction")],
        _ => [],
    };

    private static IptablesHook Jump(string table, string chain, string target) => new(table, chain, new($"--jump {target}"), IsAppended: false);
}
