namespace Terway.Policy.Internal;

/// <summary>Reads Calico's NetworkPolicy and GlobalNetworkPolicy.</summary>
internal static class CalicoPolicyReader
{
    internal static Resource Read(ObjectHeader header, FieldReader root)
    {
        var spec = root.Child("spec");
        if (spec is null)
            return new CalicoPolicy { Name = header.Name, Namespace = header.Namespace };
        if (header.Namespace is not null && spec.Has("namespaceSelector"))
            spec.Child("namespaceSelector")!.Fail("is for a GlobalNetworkPolicy");
        return new CalicoPolicy
        {
            Name = header.Name,
            Namespace = header.Namespace,
            Tier = spec.Text("tier") is { Length: > 0 } tier ? tier : CalicoTier.DefaultName,
            Order = spec.Number("order"),
            Selector = CalicoReader.ReadSelector(spec, "selector") ?? Selector.All,
            NamespaceSelector = CalicoReader.ReadSelector(spec, "namespaceSelector", mayBeGlobal: true),
            ServiceAccountSelector = CalicoReader.ReadSelector(spec, "serviceAccountSelector"),
            Types = ReadTypes(spec),
            Ingress = spec.List("ingress", rule => CalicoRuleReader.Read(rule, isIngress: true)),
            Egress = spec.List("egress", rule => CalicoRuleReader.Read(rule, isIngress: false)),
            IsForHostsOnly = IsForHostsOnly(spec),
        };
    }

    private static PolicyDirections? ReadTypes(FieldReader spec)
    {
        PolicyDirections? types = null;
        foreach (var item in spec.Items("types"))
        {
            if (Enum.TryParse(item.Text(), out PolicyDirections type) && type is PolicyDirections.Ingress or PolicyDirections.Egress)
                types = (types ?? PolicyDirections.None) | type;
            else
                item.Fail("must be Ingress or Egress");
        }

        return types;
    }

    private static bool IsForHostsOnly(FieldReader spec)
    {
        var (untracked, preDnat, forward) = (spec.Flag("doNotTrack"), spec.Flag("preDNAT"), spec.Flag("applyOnForward"));
        if (untracked && preDnat)
            spec.Fail("doNotTrack and preDNAT exclude each other");
        if ((untracked || preDnat) && !forward)
            spec.Fail("doNotTrack and preDNAT need applyOnForward");
        return untracked || preDnat;
    }
}
