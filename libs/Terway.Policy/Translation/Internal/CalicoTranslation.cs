using System.Collections.Immutable;

namespace Terway.Policy.Internal;

/// <summary>Calico v3 policies to Felix's form: selectors over namespaces and service accounts become selectors over inherited labels.</summary>
internal static class CalicoTranslation
{
    internal static TranslatedPolicy Translate(CalicoPolicy policy) => new()
    {
        Key = policy.Key,
        Tier = policy.Tier,
        Order = policy.Order ?? double.PositiveInfinity,
        Subject = SubjectOf(policy),
        Directions = policy.Directions,
        Ingress = Translate(policy, policy.Ingress),
        Egress = Translate(policy, policy.Egress),
    };

    private static Selector SubjectOf(CalicoPolicy policy)
    {
        List<Selector> terms = [policy.Selector];
        if (policy.ServiceAccountSelector is { } accounts)
            terms.Add(SelectorPrefix.OfServiceAccount(accounts));
        if (policy.NamespaceSelector is { } namespaces)
            terms.Add(SelectorPrefix.OfNamespace(namespaces));
        if (policy.Namespace is { } name)
            terms.Add(SelectorPrefix.InNamespace(name));
        return Selector.AllOf([.. terms]);
    }

    private static EquatableArray<TranslatedRule> Translate(CalicoPolicy policy, EquatableArray<CalicoRule> rules) =>
        rules.Select((rule, index) => new TranslatedRule(index, rule.Action)
        {
            IpVersion = VersionOf(rule),
            Protocol = rule.Protocol,
            NotProtocol = rule.NotProtocol,
            Icmp = rule.Icmp,
            NotIcmp = rule.NotIcmp,
            Source = Translate(policy, rule.Source),
            Destination = Translate(policy, rule.Destination),
        }).ToEquatableArray();

    private static IpVersion? VersionOf(CalicoRule rule)
    {
        if (rule.IpVersion is not null || rule.Protocol is not { } protocol)
            return rule.IpVersion;
        return protocol == IpProtocol.Icmp ? IpVersion.V4 : protocol == IpProtocol.IcmpV6 ? IpVersion.V6 : null;
    }

    private static TranslatedEntity Translate(CalicoPolicy policy, CalicoEntity entity)
    {
        var positive = PositiveSelector(policy, entity);
        var isFolded = positive is not null && entity.NotSelector is not null;
        return new()
        {
            Nets = entity.Nets,
            NotNets = entity.NotNets,
            Selector = isFolded ? Selector.AllOf(positive!, entity.NotSelector!.Not()) : positive,
            NotSelector = isFolded ? null : entity.NotSelector,
            Ports = entity.Ports,
            NotPorts = entity.NotPorts,
        };
    }

    private static Selector? PositiveSelector(CalicoPolicy policy, CalicoEntity entity)
    {
        List<Selector> accounts = [];
        if (!entity.ServiceAccountNames.IsEmpty)
            accounts.Add(new(new LabelNode(LabelKeys.ServiceAccount, LabelOperator.In, entity.ServiceAccountNames.Items)));
        if (entity.ServiceAccountSelector is { } ofAccount)
            accounts.Add(SelectorPrefix.OfServiceAccount(ofAccount));

        List<Selector> own = accounts.Count == 0 ? [] : [Selector.AllOf([.. accounts])];
        if (entity.Selector is { } selector)
            own.Add(selector);

        var restrictsKnown = own.Count > 0 || entity.NotSelector is not null || entity.NamespaceSelector is not null;
        var place = entity.NamespaceSelector is { } namespaces ? SelectorPrefix.OfNamespace(namespaces)
            : policy.Namespace is { } name && restrictsKnown ? SelectorPrefix.InNamespace(name) : null;
        ImmutableArray<Selector> parts = own.Count == 0 ? [] : [Selector.AllOf([.. own])];
        if (place is not null)
            parts = parts.Insert(0, place);
        return parts.IsEmpty ? null : Selector.AllOf(parts.AsSpan());
    }
}
