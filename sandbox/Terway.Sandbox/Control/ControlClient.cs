using System.Net.Sockets;
using System.Text.Json;
using Terway.Sandbox.Machine;

namespace Terway.Sandbox.Control;

/// <summary>Asks a sandbox that runs in the background: one request and one reply, a line of JSON each, over its socket.</summary>
internal static class ControlClient
{
    public static async Task<ControlReply> AskAsync(SandboxName name, ControlRequest request, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(name.ControlSocket), cancellationToken);
        }
        catch (SocketException e)
        {
            throw new SandboxException($"No sandbox '{name}' is up; 'sandbox up' starts one.", e);
        }

        await using var stream = new NetworkStream(socket);
        await JsonSerializer.SerializeAsync(stream, request, ControlJson.Default.ControlRequest, cancellationToken);
        socket.Shutdown(SocketShutdown.Send);
        var reply = await ReadAsync(name, stream, cancellationToken);
        return reply.Error is null ? reply : throw new SandboxException(reply.Error);
    }

    /// <summary>Whether a sandbox answers at its socket.</summary>
    public static async Task<bool> IsUpAsync(SandboxName name, CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(name, new ControlRequest { Pods = true }, cancellationToken);
            return true;
        }
        catch (SandboxException)
        {
            return false;
        }
    }

    private static async Task<ControlReply> ReadAsync(SandboxName name, NetworkStream stream, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(stream, ControlJson.Default.ControlReply, cancellationToken)
                ?? throw new SandboxException($"Sandbox '{name}' answered nothing.");
        }
        catch (IOException e)
        {
            throw new SandboxException($"Sandbox '{name}' went away before it answered; its log is {name.StateFolder}/server.log.", e);
        }
        catch (JsonException e)
        {
            throw new SandboxException($"Sandbox '{name}' answered something else than a reply: {e.Message}", e);
        }
    }
}
