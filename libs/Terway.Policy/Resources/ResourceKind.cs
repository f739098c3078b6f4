namespace Terway.Policy;

/// <summary>The kinds of objects that network policy is calculated from.</summary>
public enum ResourceKind
{
    /// <summary>A Kubernetes Namespace.</summary>
    Namespace,

    /// <summary>A Kubernetes Pod.</summary>
    Pod,

    /// <summary>A Kubernetes ServiceAccount.</summary>
    ServiceAccount,

    /// <summary>A NetworkPolicy of <c>networking.k8s.io/v1</c>.</summary>
    KubernetesNetworkPolicy,

    /// <summary>A NetworkPolicy of Calico's group.</summary>
    NetworkPolicy,

    /// <summary>A GlobalNetworkPolicy of Calico's group.</summary>
    GlobalNetworkPolicy,

    /// <summary>A NetworkSet of Calico's group.</summary>
    NetworkSet,

    /// <summary>A GlobalNetworkSet of Calico's group.</summary>
    GlobalNetworkSet,

    /// <summary>A Tier of Calico's group.</summary>
    Tier,

    /// <summary>A Kubernetes Node.</summary>
    Node,

    /// <summary>A ClusterNetworkPolicy of Kubernetes' policy group.</summary>
    ClusterNetworkPolicy,

    /// <summary>An AdminNetworkPolicy, the predecessor of ClusterNetworkPolicy's tier Admin.</summary>
    AdminNetworkPolicy,

    /// <summary>The BaselineAdminNetworkPolicy, the predecessor of ClusterNetworkPolicy's tier Baseline.</summary>
    BaselineAdminNetworkPolicy,
}
