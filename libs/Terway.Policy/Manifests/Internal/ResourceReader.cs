using System.Text.Json;

namespace Terway.Policy.Internal;

/// <summary>Reads one object by its group and kind.</summary>
internal static class ResourceReader
{
    private const string DefaultNamespace = "default";

    private delegate Resource? Reader(ObjectHeader header, FieldReader root);

    internal static Resource? Read(JsonElement element, List<ResourceProblem> problems)
    {
        var (kind, group) = (Property(element, "kind"), Property(element, "apiVersion"));
        var (read, isNamespaced, effect) = Find(group ?? "", kind ?? "");
        if (read is null)
            return null;

        var metadata = element.TryGetProperty("metadata", out var found) ? found : default;
        var name = Property(metadata, "name");
        var podNamespace = isNamespaced ? Property(metadata, "namespace") ?? DefaultNamespace : null;
        var notes = new ProblemNotes(podNamespace is null ? $"{kind} {name}" : $"{kind} {podNamespace}/{name}");
        var root = new FieldReader(element, "", notes);
        Resource? resource = null;
        if (string.IsNullOrEmpty(name))
            notes.Add("metadata.name", "is missing");
        else
            resource = read(new(name, podNamespace, root.Child("metadata")!), root);

        if (notes.Count > 0 && effect is ProblemEffect.ObjectRefused)
            resource = null;
        problems.AddRange(notes.ToProblems(effect is ProblemEffect.ObjectNotEnforced ? effect : resource is null ? ProblemEffect.ObjectRefused : ProblemEffect.PartIgnored));
        return resource;
    }

    private static Resource? ReadStaged(ObjectHeader header, FieldReader root) =>
        root.Fail<Resource>("a staged policy is a preview, and decides nothing");

    private static Resource? ReadProfile(ObjectHeader header, FieldReader root) =>
        root.Fail<Resource>("a pod's profiles are those of its namespace and service account, and follow from them");

    private static Resource? ReadHostEndpoint(ObjectHeader header, FieldReader root) =>
        root.Fail<Resource>("host endpoints are not governed; only pods are");

    private static (Reader? Read, bool IsNamespaced, ProblemEffect Effect) Find(string group, string kind) => (group, kind) switch
    {
        ("v1", "Namespace") => (KubernetesReader.ReadNamespace, false, ProblemEffect.PartIgnored),
        ("v1", "Pod") => (KubernetesReader.ReadPod, true, ProblemEffect.PartIgnored),
        ("v1", "Node") => (KubernetesReader.ReadNode, false, ProblemEffect.PartIgnored),
        ("v1", "ServiceAccount") => (KubernetesReader.ReadServiceAccount, true, ProblemEffect.PartIgnored),
        ("networking.k8s.io/v1", "NetworkPolicy") => (KubernetesPolicyReader.Read, true, ProblemEffect.PartIgnored),
        ("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy") => (ClusterPolicyReader.ReadCluster, false, ProblemEffect.PartIgnored),
        ("policy.networking.k8s.io/v1alpha1", "AdminNetworkPolicy") => (ClusterPolicyReader.ReadAdmin, false, ProblemEffect.PartIgnored),
        ("policy.networking.k8s.io/v1alpha1", "BaselineAdminNetworkPolicy") => (ClusterPolicyReader.ReadBaseline, false, ProblemEffect.PartIgnored),
        ("projectcalico.org/v3" or "crd.projectcalico.org/v1", var calico) => calico switch
        {
            "NetworkPolicy" => (CalicoPolicyReader.Read, true, ProblemEffect.ObjectRefused),
            "GlobalNetworkPolicy" => (CalicoPolicyReader.Read, false, ProblemEffect.ObjectRefused),
            "NetworkSet" => (CalicoReader.ReadNetworkSet, true, ProblemEffect.ObjectRefused),
            "GlobalNetworkSet" => (CalicoReader.ReadNetworkSet, false, ProblemEffect.ObjectRefused),
            "Tier" => (CalicoReader.ReadTier, false, ProblemEffect.ObjectRefused),
            "StagedNetworkPolicy" or "StagedKubernetesNetworkPolicy" => (ReadStaged, true, ProblemEffect.ObjectNotEnforced),
            "StagedGlobalNetworkPolicy" => (ReadStaged, false, ProblemEffect.ObjectNotEnforced),
            "Profile" => (ReadProfile, false, ProblemEffect.ObjectNotEnforced),
            "HostEndpoint" => (ReadHostEndpoint, false, ProblemEffect.ObjectNotEnforced),
            _ => default,
        },
        _ => default,
    };

    private static string? Property(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;
}
