using System.Net.Sockets;

namespace Terway.Cni.Daemon.Internal;

/// <summary>The user that this process runs as, as the kernel tells it to peers.</summary>
internal static class ProcessOwner
{
    public static uint EffectiveUid { get; } = Ask();

    private static uint Ask()
    {
        // A socket pair would say it without files, but .NET has none: an autobound abstract socket does the same.
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint($"\0terway-{Guid.NewGuid():N}"));
        listener.Listen(1);
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(listener.LocalEndPoint!);
        return PeerCredentials.Of(client).Uid;
    }
}
