namespace Terway.Policy;

/// <summary>Where a policy of the administrators stands.</summary>
public enum ClusterPolicyTier
{
    /// <summary>Before the policies of namespaces, which it may overrule.</summary>
    Admin,

    /// <summary>After them, for pods that they leave open.</summary>
    Baseline,
}
