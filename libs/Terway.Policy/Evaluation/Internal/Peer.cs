namespace Terway.Policy.Internal;

/// <summary>A pod or a network set as selectors see it: its own labels, and its namespace's and service account's under their prefixes.</summary>
internal sealed class Peer(Pod? pod, NetworkSet? set, Namespace? itsNamespace, ServiceAccount? account) : ILabelView
{
    internal Pod? Pod { get; } = pod;

    internal NetworkSet? Set { get; } = set;

    internal string? NamespaceName { get; } = pod?.Namespace ?? set?.Namespace;

    internal bool IsNamespaceKnown => itsNamespace is not null;

    internal LabelSet NamespaceLabels => itsNamespace?.Labels ?? LabelSet.Empty;

    /// <summary>The namespace as a <c>namespaceSelector</c> sees it.</summary>
    internal ILabelView NamespaceView { get; } = new OwnerView(itsNamespace?.Labels, itsNamespace?.Name, isNamespaced: (pod?.Namespace ?? set?.Namespace) is not null);

    /// <summary>The service account as a <c>serviceAccountSelector</c> sees it.</summary>
    internal ILabelView AccountView { get; } = new OwnerView(account?.Labels, account?.Name, isNamespaced: null);

    public string? Find(string key)
    {
        if (key == LabelKeys.Namespace)
            return NamespaceName ?? Own(key);
        if (Pod is not null && key == LabelKeys.Orchestrator)
            return LabelKeys.Kubernetes;
        if (Pod?.ServiceAccount is { } name && key == LabelKeys.ServiceAccount)
            return name;
        if (key.StartsWith(LabelKeys.OfNamespace, StringComparison.Ordinal))
            return NamespaceView.Find(key[LabelKeys.OfNamespace.Length..]);
        if (key.StartsWith(LabelKeys.OfServiceAccount, StringComparison.Ordinal))
            return AccountView.Find(key[LabelKeys.OfServiceAccount.Length..]);
        return Own(key);
    }

    private string? Own(string key) => (Pod?.Labels ?? Set!.Labels).Find(key);

    /// <summary>The labels of what a peer belongs to, with its name among them.</summary>
    private sealed class OwnerView(LabelSet? labels, string? name, bool? isNamespaced) : ILabelView
    {
        public bool IsAll => isNamespaced ?? true;

        public bool IsGlobal => isNamespaced is null || !isNamespaced.Value;

        public string? Find(string key) => key == LabelKeys.OwnerName ? name : labels?.Find(key);
    }
}
