using System.Net;

namespace Terway.Ipam;

/// <summary>An address given to a pod. It is in the store before anyone sees it.</summary>
public sealed record Lease
{
    /// <summary>The attachment that holds the lease.</summary>
    public required AttachmentKey Attachment { get; init; }

    /// <summary>The pod that the attachment belongs to.</summary>
    public required PodKey Pod { get; init; }

    /// <summary>The pod's uid, when it was known.</summary>
    public string? PodUid { get; init; }

    /// <summary>The IPv4 address, when the lease has that family.</summary>
    public IPAddress? IPv4 { get; init; }

    /// <summary>The IPv6 address, when the lease has that family.</summary>
    public IPAddress? IPv6 { get; init; }

    /// <summary>The ENI that owns the addresses.</summary>
    public required LeaseEni Eni { get; init; }

    /// <summary>When the lease was granted (UTC).</summary>
    public required DateTimeOffset GrantedAt { get; init; }

    /// <summary>The bytes that the request or EniPool.SetPayload left with the lease.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The families that the lease has.</summary>
    public AddressFamilies Families =>
        (IPv4 is null ? AddressFamilies.None : AddressFamilies.IPv4) |
        (IPv6 is null ? AddressFamilies.None : AddressFamilies.IPv6);

    /// <summary>The address by which logs and messages name the lease: IPv4 if there is one.</summary>
    public IPAddress Address => IPv4 ?? IPv6 ?? throw new InvalidOperationException("A lease has at least one address.");
}
