namespace Terway.Policy.Internal;

/// <summary>The labels that Felix gives pods, network sets, namespaces and service accounts, and the names of their profiles.</summary>
internal static class EndpointLabels
{
    internal static LabelSet Of(Pod pod)
    {
        List<KeyValuePair<string, string>> labels = new(pod.Labels.Count + 3);
        foreach (var label in pod.Labels)
        {
            if (!IsInherited(label.Key) && label.Key is not (LabelKeys.Namespace or LabelKeys.Orchestrator or LabelKeys.ServiceAccount))
                labels.Add(label);
        }

        labels.Add(new(LabelKeys.Namespace, pod.Namespace));
        labels.Add(new(LabelKeys.Orchestrator, LabelKeys.Kubernetes));
        if (pod.ServiceAccount is { } account)
            labels.Add(new(LabelKeys.ServiceAccount, account));
        return LabelSet.Create(labels);
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
