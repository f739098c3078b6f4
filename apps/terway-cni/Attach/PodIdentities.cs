using Terway.Cni;
using Terway.Cni.Daemon;

namespace Terway.CniPlugin;

/// <summary>Whom an attachment belongs to.</summary>
internal static class PodIdentities
{
    /// <summary>
    /// The pod that the runtime names. A runtime without pods names none, or (podman) a name without a namespace, which is not unique on the node;
    /// then the container stands for itself.
    /// </summary>
    public static PodIdentity Of(CniRequest request) => request.Arguments is { PodNamespace: { } ns, PodName: { } name }
        ? new PodIdentity(ns, name, request.Arguments.PodUid)
        : new PodIdentity(PodIdentity.StandaloneNamespace, request.ContainerId);
}
