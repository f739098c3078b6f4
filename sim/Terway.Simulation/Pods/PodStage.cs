namespace Terway.Simulation;

/// <summary>How far a pod's sandbox is, as the container runtime sees it.</summary>
internal enum PodStage
{
    /// <summary>An ADD runs.</summary>
    Asking,

    /// <summary>The ADD failed or its answer was lost: the runtime will repeat it, or give up with a DEL.</summary>
    Unanswered,

    /// <summary>The pod uses its address.</summary>
    Running,

    /// <summary>The sandbox is gone.</summary>
    Gone,
}
