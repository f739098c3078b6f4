using System.Net;
using Terway.Cloud;

namespace Terway.Ipam.Internal;

/// <summary>A <see cref="PoolEvent"/> as it is kept: a value in an array, so that remembering makes no garbage.</summary>
internal readonly record struct HistoryEntry(DateTimeOffset At, string What)
{
    /// <summary>Its place among all entries: many have the same time.</summary>
    public long Number { get; init; }

    public string? Why { get; init; }

    public string? Call { get; init; }

    public RequestId? CallId { get; init; }

    /// <summary>The ENI's place in the pool, by which it is known before it has an id; 0 when it is about none.</summary>
    public int Slot { get; init; }

    public EniId? Eni { get; init; }

    public IPAddress? Address { get; init; }

    public PodKey? Pod { get; init; }

    public AttachmentKey? Attachment { get; init; }

    public string? Request { get; init; }

    public PoolFault? Fault { get; init; }

    public PoolEvent ToEvent() => new()
    {
        At = At,
        What = What,
        Why = Why,
        Call = Call,
        CallId = CallId,
        Eni = Eni,
        Address = Address,
        Pod = Pod,
        Attachment = Attachment,
        Request = Request,
        Fault = Fault,
    };
}
