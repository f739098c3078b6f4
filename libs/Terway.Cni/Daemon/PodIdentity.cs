namespace Terway.Cni.Daemon;

/// <summary>The pod that an attachment belongs to, as the runtime names it in <c>CNI_ARGS</c>.</summary>
/// <param name="Namespace">The pod's namespace; <see cref="StandaloneNamespace"/> for a container that no orchestrator named.</param>
/// <param name="Name">The pod's name; the container's id for a container that no orchestrator named.</param>
/// <param name="Uid">The pod's uid, when the runtime sent it.</param>
public sealed record PodIdentity(string Namespace, string Name, string? Uid = null)
{
    /// <summary>The namespace of containers without a pod. It can not clash with a Kubernetes namespace, which has no underscore.</summary>
    public const string StandaloneNamespace = "_container";

    /// <summary>True when the container has no pod: its name is the container's id.</summary>
    public bool IsStandalone => Namespace == StandaloneNamespace;

    /// <summary>The pod as people write it: <c>namespace/name</c>.</summary>
    public override string ToString() => $"{Namespace}/{Name}";
}
