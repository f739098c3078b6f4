namespace Terway.Cni.Daemon;

/// <summary>Asks for the network of an attachment. Asking again for the same attachment gets the same answer.</summary>
public sealed record AllocateRequest
{
    /// <summary>The name of the CNI network (the configuration's <c>name</c>).</summary>
    public required string Network { get; init; }

    /// <summary>The attachment that will hold the addresses.</summary>
    public required Attachment Attachment { get; init; }

    /// <summary>The attachment's pod.</summary>
    public required PodIdentity Pod { get; init; }

    /// <summary>The path of the container's network namespace, for people and for reconciliation after a restart.</summary>
    public required string NetNs { get; init; }
}
