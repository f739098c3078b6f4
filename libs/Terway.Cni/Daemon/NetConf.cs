using System.Collections.Immutable;

namespace Terway.Cni.Daemon;

/// <summary>
/// One interface of a pod. The JSON names are those that upstream Terway stores in a node's database, so that such a record can be read.
/// </summary>
public sealed class NetConf
{
    /// <summary>The addresses and the subnet.</summary>
    public BasicInfo? BasicInfo { get; init; }

    /// <summary>The ENI through which the pod's packets leave.</summary>
    public EniInfo? EniInfo { get; init; }

    /// <summary>The pod's limits.</summary>
    public PodLimits? Pod { get; init; }

    /// <summary>The interface's name in the container; null or empty means <c>CNI_IFNAME</c>.</summary>
    public string? IfName { get; init; }

    /// <summary>Further prefixes that leave through this interface.</summary>
    public ImmutableArray<ExtraRoute> ExtraRoutes { get; init; } = [];

    /// <summary>True when the pod's default route leaves through this interface.</summary>
    public bool DefaultRoute { get; init; }
}
