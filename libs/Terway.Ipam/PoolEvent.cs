using System.Net;
using Terway.Cloud;

namespace Terway.Ipam;

/// <summary>One thing that happened in the pool: to an address, to an ENI, or to a request.</summary>
/// <remarks>The pool remembers the last few thousand of them since the program started; see <see cref="EniPool.HistoryOf(IPAddress)"/>.</remarks>
public sealed record PoolEvent
{
    /// <summary>When (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened, in a few words.</summary>
    public required string What { get; init; }

    /// <summary>Why: the reason of the plan, or what the cloud or the store said; null when <see cref="What"/> says it all.</summary>
    public string? Why { get; init; }

    /// <summary>The cloud call that did or showed it, such as <c>AssignPrivateIpAddresses</c>.</summary>
    public string? Call { get; init; }

    /// <summary>The cloud's id of that call, where its answer has one.</summary>
    public RequestId? CallId { get; init; }

    /// <summary>The ENI that it is about; null while the cloud has not given it an id.</summary>
    public EniId? Eni { get; init; }

    /// <summary>The address that it is about.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The pod that it is about.</summary>
    public PodKey? Pod { get; init; }

    /// <summary>The attachment that it is about.</summary>
    public AttachmentKey? Attachment { get; init; }

    /// <summary>The id that the request came with; see <see cref="LeaseRequest.RequestId"/>.</summary>
    public string? Request { get; init; }

    /// <summary>The failure: code, cause, owner, and what would help.</summary>
    public PoolFault? Fault { get; init; }
}
