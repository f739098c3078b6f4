using System.Collections.Immutable;
using Terway.Cni.Daemon.Internal;

namespace Terway.Cni.Daemon;

/// <summary>
/// Asks the daemon, synchronously: the plugin lives for milliseconds and has nothing else to do meanwhile.
/// Connects at the first call, or before by <see cref="Connect"/>. Not safe for concurrent use.
/// </summary>
/// <remarks>Every call throws <see cref="DaemonException"/> for a failure, and <see cref="OperationCanceledException"/> when cancelled.</remarks>
public sealed class DaemonClient : IDisposable
{
    private readonly DaemonClientOptions _options;
    private readonly Deadline _deadline;
    private ClientConnection? _connection;

    /// <summary>Prepares a client; the deadline starts to run.</summary>
    /// <param name="options">How to reach the daemon.</param>
    public DaemonClient(DaemonClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _deadline = new Deadline(options.TimeProvider, options.Deadline);
    }

    /// <summary>
    /// Connects ahead of the first call, so that the daemon accepts while the caller still prepares what it asks. Nothing is asked by it.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public void Connect(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _connection ??= ClientConnection.Open(_options, _deadline, cancellationToken);
    }

    /// <summary>Asks for the network of an attachment.</summary>
    /// <param name="request">The attachment.</param>
    /// <param name="cancellationToken">Stops waiting; what was asked may have been done.</param>
    public Allocation Allocate(AllocateRequest request, CancellationToken cancellationToken = default)
    {
        DaemonReply reply = Call(Request(DaemonOperation.Allocate) with { Allocate = request }, cancellationToken);
        return reply.Allocation ?? throw Lacks("the allocation");
    }

    /// <summary>Gives back what an attachment holds.</summary>
    /// <param name="request">The attachment.</param>
    /// <param name="cancellationToken">Stops waiting; what was asked may have been done.</param>
    public void Release(ReleaseRequest request, CancellationToken cancellationToken = default) =>
        Call(Request(DaemonOperation.Release) with { Release = request }, cancellationToken);

    /// <summary>Asks what an attachment holds; null when it holds nothing.</summary>
    /// <param name="request">The attachment.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Allocation? Inspect(InspectRequest request, CancellationToken cancellationToken = default) =>
        Call(Request(DaemonOperation.Inspect) with { Inspect = request }, cancellationToken).Allocation;

    /// <summary>Releases what none of the given attachments holds.</summary>
    /// <param name="request">The network and its valid attachments.</param>
    /// <param name="cancellationToken">Stops waiting; what was asked may have been done.</param>
    public ImmutableArray<Attachment> Collect(CollectRequest request, CancellationToken cancellationToken = default)
    {
        DaemonReply reply = Call(Request(DaemonOperation.Collect) with { Collect = request }, cancellationToken);
        return (reply.Collected ?? throw Lacks("what was collected")).Released;
    }

    /// <summary>Returns when an allocation would succeed now; otherwise throws the reason why not.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public void Status(CancellationToken cancellationToken = default) => Call(Request(DaemonOperation.Status), cancellationToken);

    /// <summary>Asks for a description of the daemon's state, a JSON document.</summary>
    /// <param name="subject">What to describe.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public string Show(ShowSubject subject, CancellationToken cancellationToken = default) => Show(new ShowRequest(subject), cancellationToken);

    /// <summary>Asks for a description of the daemon's state, a JSON document.</summary>
    /// <param name="request">What to describe.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public string Show(ShowRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        DaemonReply reply = Call(Request(DaemonOperation.Show) with { Show = request }, cancellationToken);
        return reply.Document ?? throw Lacks("the document");
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _connection?.Dispose();

    private DaemonRequest Request(DaemonOperation operation) => new() { RequestId = _options.RequestId, Operation = operation };

    private DaemonReply Call(DaemonRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        byte[] frame = Frame.Encode(RequestCodec.Encode(request));
        try
        {
            Connect(cancellationToken);
            _connection!.Send(frame, cancellationToken);
            DaemonReply reply = Frame.Decode(_connection.Receive(cancellationToken), ReplyCodec.Decode);
            return Accept(reply);
        }
        catch (Exception e) when (e is DaemonException { IsUnreachable: true } or OperationCanceledException)
        {
            // The stream's state is unknown: a late reply must not be taken for the answer to the next request.
            _connection?.Dispose();
            _connection = null;
            throw;
        }
    }

    private DaemonReply Accept(DaemonReply reply)
    {
        if (reply.Error is { } error)
            throw new DaemonException(error);
        if (reply.RequestId != _options.RequestId)
            throw new DaemonException(ErrorCode.DaemonProtocol, $"the reply is for request '{reply.RequestId}', not for '{_options.RequestId}'");
        return reply;
    }

    private static DaemonException Lacks(string what) => new(ErrorCode.DaemonProtocol, $"the daemon's reply lacks {what}");
}
