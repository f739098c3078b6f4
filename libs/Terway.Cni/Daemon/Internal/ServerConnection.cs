using System.Net.Sockets;

namespace Terway.Cni.Daemon.Internal;

/// <summary>One client: its requests, one after the other, each bounded in size and time.</summary>
internal sealed class ServerConnection(Socket socket, IDaemonService service, DaemonServerOptions options)
{
    private PeerCredentials? _peer;

    /// <summary>Serves the client until it hangs up, misbehaves, or the server stops.</summary>
    /// <param name="stop">Take no further request.</param>
    /// <param name="abort">Give up the request that is being worked on.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        using Socket connection = socket;
        try
        {
            Admit();
            while (await ReceiveAsync(stop).ConfigureAwait(false) is { } request)
            {
                // A request that was given up still gets its reason: sending is bounded by a deadline of its own.
                DaemonReply reply = await AnswerAsync(request, abort).ConfigureAwait(false);
                await SendAsync(reply, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (DaemonException e)
        {
            Report(e.Error, null, e);
            await DismissAsync(e.Error, abort).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            Report(new DaemonError(ErrorCode.DaemonUnavailable, "the connection ended before its reply was sent", e.Message), null, e);
        }
    }

    public async Task RefuseAsync(CancellationToken abort)
    {
        using Socket connection = socket;
        var error = new DaemonError(
            ErrorCode.Overloaded, $"the daemon serves {options.MaxConnections} connections, which is as many as it may", Hint: "try again");
        Report(error, null, null);
        await DismissAsync(error, abort).ConfigureAwait(false);
    }

    private void Admit()
    {
        PeerCredentials peer = PeerCredentials.Of(socket);
        _peer = peer;
        if (peer.Uid != 0 && peer.Uid != ProcessOwner.EffectiveUid && !options.AllowedUids.Contains(peer.Uid))
            throw new DaemonException(ErrorCode.DaemonUntrusted, $"user {peer.Uid} may not ask this daemon", hint: "run the client as root");
    }

    private async Task<DaemonReply> AnswerAsync(DaemonRequest request, CancellationToken abort)
    {
        using var hangup = new HangupWatch(socket);
        using var deadline = new CancellationTokenSource(options.RequestDeadline, options.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(abort, deadline.Token, hangup.Token);
        try
        {
            var origin = new RequestOrigin(request.RequestId, _peer!.Value) { HasHungUp = () => HangupWatch.HasHungUp(socket) };
            return await RequestRouter.RouteAsync(service, origin, request, linked.Token).ConfigureAwait(false);
        }
        catch (DaemonException e)
        {
            return Failed(request, e.Error);
        }
        catch (OperationCanceledException) when (linked.IsCancellationRequested)
        {
            if (deadline.IsCancellationRequested)
                return Failed(request, new DaemonError(ErrorCode.TimedOut, $"{Name(request)} did not finish within {options.RequestDeadline.TotalSeconds:0.###} s"));
            return Failed(request, abort.IsCancellationRequested
                ? new DaemonError(ErrorCode.Stopping, $"{Name(request)} was given up: the daemon stops")
                : new DaemonError(ErrorCode.ClientGone, $"{Name(request)} was given up: the client hung up"));
        }
#pragma warning disable CA1031 // The edge of the service: a defect of one request must neither end the daemon nor leave the client without an answer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var error = new DaemonError(ErrorCode.Internal, $"{Name(request)} failed unexpectedly", $"{e.GetType().Name}: {e.Message}", "report it with the daemon's log");
            Report(error, request.RequestId, e);
            return Failed(request, error);
        }
    }

    /// <summary>The next request; null when the client has no more, or the server stops before one begins.</summary>
    private async Task<DaemonRequest?> ReceiveAsync(CancellationToken stop)
    {
        byte[] header = new byte[Frame.HeaderLength];
        try
        {
            // The wait for a first byte is the client's think time, bounded like the rest: a silent client does not hold its place.
            if (!await FillAsync(header, canEnd: true, stop).ConfigureAwait(false))
                return null;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }

        byte[] json = new byte[Frame.DecodeLength(header)];
        await FillAsync(json, canEnd: false, CancellationToken.None).ConfigureAwait(false);
        return Frame.Decode(json, RequestCodec.Decode);
    }

    private async Task<bool> FillAsync(Memory<byte> buffer, bool canEnd, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(options.TransferDeadline, options.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
        int filled = 0;
        try
        {
            while (filled < buffer.Length)
            {
                int received = await socket.ReceiveAsync(buffer[filled..], SocketFlags.None, linked.Token).ConfigureAwait(false);
                if (received == 0 && filled == 0 && canEnd)
                    return false;
                if (received == 0)
                    throw new DaemonException(ErrorCode.DaemonProtocol, "the client hung up in the middle of a frame");
                filled += received;
            }
            return true;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new DaemonException(
                ErrorCode.DaemonTimeout, $"the client did not send its request within {options.TransferDeadline.TotalSeconds:0.###} s");
        }
    }

    private async Task SendAsync(DaemonReply reply, CancellationToken abort)
    {
        using var deadline = new CancellationTokenSource(options.TransferDeadline, options.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(abort, deadline.Token);
        ReadOnlyMemory<byte> frame = Frame.Encode(ReplyCodec.Encode(reply));
        while (frame.Length > 0)
            frame = frame[await socket.SendAsync(frame, SocketFlags.None, linked.Token).ConfigureAwait(false)..];
    }

    /// <summary>Sends a last reply. What the client still sends is read, or the kernel would take the reply away from it again (ECONNRESET).</summary>
    private async Task DismissAsync(DaemonError error, CancellationToken abort)
    {
        try
        {
            await SendAsync(new DaemonReply { RequestId = "", Error = error }, abort).ConfigureAwait(false);
            socket.Shutdown(SocketShutdown.Send);

            using var deadline = new CancellationTokenSource(options.TransferDeadline, options.TimeProvider);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(abort, deadline.Token);
            byte[] rest = new byte[4096];
            for (int total = 0, read = 1; read > 0 && total <= DaemonContract.MaxFrameLength; total += read)
                read = await socket.ReceiveAsync(rest, SocketFlags.None, linked.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            Report(new DaemonError(ErrorCode.DaemonUnavailable, "the client did not wait for its error", e.Message), null, e);
        }
    }

    private void Report(DaemonError error, string? requestId, Exception? cause) => options.OnIncident?.Invoke(new(_peer, requestId, error, cause));

    private static DaemonReply Failed(DaemonRequest request, DaemonError error) => new() { RequestId = request.RequestId, Error = error };

    private static string Name(DaemonRequest request) => $"{request.Operation} (request {request.RequestId})";
}
