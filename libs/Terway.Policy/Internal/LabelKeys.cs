namespace Terway.Policy.Internal;

/// <summary>The labels that Calico adds to those which people write.</summary>
internal static class LabelKeys
{
    internal const string Namespace = "projectcalico.org/namespace";
    internal const string Orchestrator = "projectcalico.org/orchestrator";
    internal const string ServiceAccount = "projectcalico.org/serviceaccount";
    internal const string OwnerName = "projectcalico.org/name";

    /// <summary>The value of the orchestrator's label.</summary>
    internal const string Kubernetes = "k8s";

    /// <summary>The prefix of labels that come from the namespace.</summary>
    internal const string OfNamespace = "pcns.";

    /// <summary>The prefix of labels that come from the service account.</summary>
    internal const string OfServiceAccount = "pcsa.";
}
