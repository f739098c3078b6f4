using Terway.Sandbox.Manifests;

namespace Terway.Sandbox.Pods;

/// <summary>One interface of one pod sandbox, as a container runtime names it towards the plugins.</summary>
/// <param name="ContainerId">The runtime's id of the pod sandbox.</param>
/// <param name="NetworkNamespace">Path of the network namespace inside the node; <c>null</c> when it is gone.</param>
/// <param name="Interface">Name of the interface in the pod.</param>
/// <param name="Pod">The pod, which the plugins learn through <c>CNI_ARGS</c>.</param>
internal sealed record CniAttachment(string ContainerId, string? NetworkNamespace, string Interface, PodName Pod)
{
    public const string DefaultInterface = "eth0";

    /// <summary>The environment that the CNI specification defines, with the arguments that CRI runtimes send.</summary>
    public Dictionary<string, string> Environment(string command)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CNI_COMMAND"] = command,
            ["CNI_CONTAINERID"] = ContainerId,
            ["CNI_IFNAME"] = Interface,
            ["CNI_PATH"] = CniRuntime.PluginFolder,
            ["CNI_ARGS"] = $"IgnoreUnknown=1;K8S_POD_NAMESPACE={Pod.Namespace};K8S_POD_NAME={Pod.Name};K8S_POD_INFRA_CONTAINER_ID={ContainerId}",
        };
        environment["CNI_NETNS"] = NetworkNamespace ?? "";
        return environment;
    }
}
