namespace Terway.Datapath;

/// <summary>Where a planned link comes from.</summary>
public enum PlannedLinkKind
{
    /// <summary>The link is there already (an ENI); the plan sets it up and never makes or deletes it.</summary>
    Existing,

    /// <summary>One end of a veth pair between the node and the pod, which the plan makes and takes away.</summary>
    Veth,
}
