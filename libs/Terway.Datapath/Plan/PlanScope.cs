namespace Terway.Datapath;

/// <summary>Which network namespace a planned object lives in.</summary>
public enum PlanScope
{
    /// <summary>The node's own namespace, where the ENIs and the host ends of the pods are.</summary>
    Node,

    /// <summary>The pod's namespace.</summary>
    Pod,
}
