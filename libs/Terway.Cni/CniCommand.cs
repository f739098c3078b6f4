namespace Terway.Cni;

/// <summary>What the runtime asks of a plugin (<c>CNI_COMMAND</c>).</summary>
public enum CniCommand
{
    /// <summary>ADD: connect the container to the network.</summary>
    Add,

    /// <summary>DEL: disconnect it, whatever state it is in.</summary>
    Del,

    /// <summary>CHECK: is the container's network as ADD left it? From version 0.4.0.</summary>
    Check,

    /// <summary>GC: release what no valid attachment holds. From version 1.1.0.</summary>
    GC,

    /// <summary>STATUS: would an ADD succeed now? From version 1.1.0.</summary>
    Status,

    /// <summary>VERSION: which versions does the plugin speak?</summary>
    Version,
}
