namespace Terway.Policy.Internal;

/// <summary>The labels that Felix gives pods, network sets, namespaces and service accounts, and the names of their profiles.</summary>
internal static class EndpointLabels
{
    internal static LabelSet Of(Pod pod)
    {
        var labels = pod.Labels.Where(l => !IsInherited(l.Key))
            .Append(new(LabelKeys.Namespace, pod.Namespace))
            .Append(new(LabelKeys.Orchestrator, LabelKeys.Kubernetes));
        return LabelSet.Create(pod.ServiceAccount is { } account ? labels.Append(new(LabelKeys.ServiceAccount, account)) : labels);
    }

    internal static LabelSet Of(NetworkSet set) =>
        LabelSet.Create(set.Labels.Where(l => !IsInherited(l.Key)).Concat(set.Namespace is { } name ? [new(LabelKeys.Namespace, name)] : []));

    internal static LabelSet Of(Namespace? itsNamespace) => itsNamespace is null
        ? LabelSet.Empty
        : Inherited(itsNamespace.Labels, LabelKeys.OfNamespace, itsNamespace.Name);

    internal static LabelSet Of(ServiceAccount? account) => account is null
        ? LabelSet.Empty
        : Inherited(account.Labels, LabelKeys.OfServiceAccount, account.Name);

    internal static string NamespaceProfile(string name) => $"kns.{name}";

    internal static string AccountProfile(string itsNamespace, string name) => $"ksa.{itsNamespace}.{name}";

    internal static string[] Profiles(Pod pod) => pod.ServiceAccount is { } account
        ? [NamespaceProfile(pod.Namespace), AccountProfile(pod.Namespace, account)]
        : [NamespaceProfile(pod.Namespace)];

    private static bool IsInherited(string key) =>
        key.StartsWith(LabelKeys.OfNamespace, StringComparison.Ordinal) || key.StartsWith(LabelKeys.OfServiceAccount, StringComparison.Ordinal);

    private static LabelSet Inherited(LabelSet labels, string prefix, string name) =>
        LabelSet.Create(labels.Select(l => KeyValuePair.Create(prefix + l.Key, l.Value)).Append(new(prefix + LabelKeys.OwnerName, name)));
}
