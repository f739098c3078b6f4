namespace Terway.Ipam;

/// <summary>A request for the addresses of one attachment.</summary>
public sealed record LeaseRequest
{
    /// <summary>The attachment that will hold the lease. Asking again for the same attachment gives the same lease.</summary>
    public required AttachmentKey Attachment { get; init; }

    /// <summary>The pod that the sandbox belongs to.</summary>
    public required PodKey Pod { get; init; }

    /// <summary>The pod's uid, when the caller knows it.</summary>
    public string? PodUid { get; init; }

    /// <summary>The families wanted, all of which the pool must be configured for; null means those of the pool.</summary>
    public AddressFamilies? Families { get; init; }

    /// <summary>An id that appears in the pool's log lines and errors about this request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Bytes that are kept with the lease and returned with it; the pool does not read them.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }
}
