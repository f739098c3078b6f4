using System.Net;

namespace Terway.Policy.Internal;

/// <summary>A rule in Felix's form, with the index of the rule it was written as.</summary>
internal sealed record TranslatedRule(int Index, RuleAction Action)
{
    internal IpVersion? IpVersion { get; init; }

    internal IpProtocol? Protocol { get; init; }

    internal IpProtocol? NotProtocol { get; init; }

    internal IcmpMatch? Icmp { get; init; }

    internal IcmpMatch? NotIcmp { get; init; }

    internal TranslatedEntity Source { get; init; } = TranslatedEntity.Anything;

    internal TranslatedEntity Destination { get; init; } = TranslatedEntity.Anything;
}

/// <summary>One end of a rule. The selectors hold the namespace and the service account; a negative one stands only without a positive.</summary>
internal sealed record TranslatedEntity
{
    internal static TranslatedEntity Anything { get; } = new();

    internal EquatableArray<IPNetwork> Nets { get; init; }

    internal EquatableArray<IPNetwork> NotNets { get; init; }

    internal Selector? Selector { get; init; }

    internal Selector? NotSelector { get; init; }

    internal EquatableArray<PortMatch> Ports { get; init; }

    internal EquatableArray<PortMatch> NotPorts { get; init; }
}
