using System.Net.Sockets;
using Terway.Cni.Daemon;

namespace Terway.Cni.Tests.Daemon;

public sealed class ListenerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("terway-cni-test-").FullName;

    private string SocketPath => Path.Combine(_folder, "eni.socket");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Socket_of_a_dead_daemon_is_replaced()
    {
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(SocketPath));
            File.Move(SocketPath, SocketPath + ".kept"); // .NET unlinks the path that it bound
        }
        File.Move(SocketPath + ".kept", SocketPath);

        using Socket listener = DaemonListener.Bind(SocketPath);

        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(SocketPath));
        Directory.GetFiles(_folder).Should().Equal(SocketPath);
    }

    [Fact]
    public void Socket_that_somebody_listens_on_is_not_stolen()
    {
        using Socket first = DaemonListener.Bind(SocketPath);

        Action second = () => DaemonListener.Bind(SocketPath);

        second.Should().Throw<DaemonException>().Where(e => e.Code == ErrorCode.DaemonUntrusted && e.Message.Contains($"process {Environment.ProcessId}"));
        File.Exists(SocketPath).Should().BeTrue();
    }

    [Fact]
    public void File_that_is_no_socket_is_not_touched()
    {
        File.WriteAllText(SocketPath, "precious");

        Action bind = () => DaemonListener.Bind(SocketPath);

        bind.Should().Throw<DaemonException>().Which.Code.Should().Be(ErrorCode.DaemonUntrusted);
        File.ReadAllText(SocketPath).Should().Be("precious");
    }
}
