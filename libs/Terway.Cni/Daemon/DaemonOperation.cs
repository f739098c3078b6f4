namespace Terway.Cni.Daemon;

/// <summary>What a client asks of the daemon.</summary>
public enum DaemonOperation
{
    /// <summary>Give the attachment its network: CNI ADD.</summary>
    Allocate,

    /// <summary>Take back what the attachment holds: CNI DEL, or the rollback of an ADD.</summary>
    Release,

    /// <summary>What does the attachment hold? Used by CHECK and DEL.</summary>
    Inspect,

    /// <summary>Release what no valid attachment of the network holds: CNI GC.</summary>
    Collect,

    /// <summary>Would an allocation succeed now? CNI STATUS.</summary>
    Status,

    /// <summary>Describe the daemon's state for people and tools.</summary>
    Show,
}
