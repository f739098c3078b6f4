namespace Terway.Datapath;

/// <summary>What becomes of a pod's veth pair when it is taken away.</summary>
public enum LinkDisposal
{
    /// <summary>The pair is deleted at once. The kernel waits for its readers: about 20 ms.</summary>
    Immediate,

    /// <summary>
    /// The pair is retired: down, without addresses, routes and its names, in <see cref="OwnedObjects.RetiredLinkGroup"/>,
    /// and <see cref="LinkReaper"/> deletes it. For callers that know the daemon runs.
    /// </summary>
    Deferred,
}
