using System.Net.Sockets;
using Terwayd.Contract;

namespace Terwayd.Tests.Contract;

public sealed class ContractSocketTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string SocketPath => _folder["run/eni.socket"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_socket_and_its_folder_are_for_the_owner_only()
    {
        using var socket = ContractSocket.Listen(SocketPath);

        File.GetUnixFileMode(SocketPath).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(_folder["run"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.GetFiles(_folder["run"]).Should().Equal(SocketPath);
        Connect(SocketPath);
    }

    [Fact]
    public void What_a_dead_daemon_left_is_replaced()
    {
        Directory.CreateDirectory(_folder["run"]);
        using (var dead = Bound(SocketPath))
            dead.Listen();

        using var socket = ContractSocket.Listen(SocketPath);

        Connect(SocketPath);
    }

    [Fact]
    public void A_socket_that_another_program_listens_on_is_not_stolen()
    {
        Directory.CreateDirectory(_folder["run"]);
        using var foreign = Bound(SocketPath);
        foreign.Listen();

        var act = () => ContractSocket.Listen(SocketPath);

        act.Should().Throw<TerwaydException>().Which.Code.Should().Be("SocketInUse");
        Connect(SocketPath);
        foreign.Poll(TimeSpan.FromSeconds(5), SelectMode.SelectRead).Should().BeTrue();
    }

    [Fact]
    public void A_file_of_that_name_is_not_removed()
    {
        Directory.CreateDirectory(_folder["run"]);
        File.WriteAllText(SocketPath, "precious");

        var act = () => ContractSocket.Listen(SocketPath);

        act.Should().Throw<TerwaydException>().WithMessage("*no socket*").Which.Code.Should().Be("SocketUnusable");
        File.ReadAllText(SocketPath).Should().Be("precious");
    }

    [Fact]
    public void A_path_that_no_socket_can_have_is_an_error_with_a_hint()
    {
        var act = () => ContractSocket.Listen(_folder[new string('x', 120)]);

        act.Should().Throw<TerwaydException>().Which.Hint.Should().Contain("107 bytes");
    }

    private static Socket Bound(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private static void Connect(string path)
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(path));
    }
}
