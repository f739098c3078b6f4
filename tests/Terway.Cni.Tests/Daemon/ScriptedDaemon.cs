using System.Net.Sockets;

namespace Terway.Cni.Tests.Daemon;

/// <summary>A socket on which a test does to one client whatever it likes.</summary>
internal sealed class ScriptedDaemon : IDisposable
{
    private readonly Socket _listener;
    private readonly Task _script;

    public ScriptedDaemon(Func<Socket, Task> script, uint listenAs = 0)
    {
        Path = $"/tmp/terway-cni-test-{Guid.NewGuid():N}.sock";
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        if (listenAs == 0)
            _listener.Listen(1);
        else
            OtherUser.Run(listenAs, () => _listener.Listen(1));
        _script = RunAsync(script);
    }

    public string Path { get; }

    public void Dispose()
    {
        _listener.Dispose();
        File.Delete(Path);
        ((IAsyncResult)_script).AsyncWaitHandle.WaitOne();
    }

    /// <summary>Reads a request and throws it away.</summary>
    public static async Task ReadRequestAsync(Socket client)
    {
        byte[] header = new byte[4];
        await client.ReceiveAsync(header);
        byte[] body = new byte[BitConverter.ToInt32(header)];
        for (int read = 0; read < body.Length;)
            read += await client.ReceiveAsync(body.AsMemory(read));
    }

    private async Task RunAsync(Func<Socket, Task> script)
    {
        try
        {
            using Socket client = await _listener.AcceptAsync();
            await script(client);
            _listener.Dispose();
        }
        catch (SocketException)
        {
            // The client went away, or the test ended before a client came.
        }
    }
}
