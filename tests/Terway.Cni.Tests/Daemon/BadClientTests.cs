using System.Net.Sockets;
using System.Text;
using Terway.Cni.Daemon;
using Terway.Testing;

namespace Terway.Cni.Tests.Daemon;

/// <summary>Whatever a client sends, the server answers with a code or hangs up, and goes on serving others.</summary>
public sealed class BadClientTests
{
    private readonly FakeDaemonService _service = new() { Allocator = _ => FakeDaemonService.Example() };

    public static TheoryData<string, string> Requests => new()
    {
        { """{"requestId":"r-1","operation":"allocate","version":1}""", "InvalidRequest" },
        { """{"requestId":"r-1","operation":"status","version":2}""", "IncompatibleVersion" },
        { """{"requestId":"","operation":"status","version":1}""", "InvalidRequest" },
        { """{"requestId":"a\nb","operation":"status","version":1}""", "InvalidRequest" },
        { """{"requestId":"r-1","operation":"format","version":1}""", "DaemonProtocol" },
        { """{"requestId":"r-1","operation":3,"version":1}""", "DaemonProtocol" },
        { """{"operation":"status","version":1}""", "DaemonProtocol" },
        { """{"requestId":"r-1","operation":"show","show":{"subject":"secrets"},"version":1}""", "DaemonProtocol" },
        { """{"requestId":"r-1","operation":"release","release":{"network":"net","attachment":null},"version":1}""", "DaemonProtocol" },
        { "hello", "DaemonProtocol" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_that_makes_no_sense_is_answered_with_a_code(string json, string code)
    {
        await using var daemon = new RunningDaemon(_service);
        byte[] body = Encoding.UTF8.GetBytes(json);

        string reply = await AskAsync(daemon.Path, [.. BitConverter.GetBytes(body.Length), .. body]);

        reply.Should().Contain($"\"code\":\"{code}\"");
        _service.Calls.Should().BeEmpty();
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0x7f })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    public async Task Frame_of_an_impossible_length_is_refused_before_anything_is_read(byte[] header)
    {
        await using var daemon = new RunningDaemon(_service);

        string reply = await AskAsync(daemon.Path, header);

        reply.Should().Contain("DaemonProtocol");
        daemon.Incidents.Should().ContainSingle().Which.Error.Code.Should().Be(ErrorCode.DaemonProtocol);
    }

    [Fact]
    public async Task Client_that_sends_half_a_frame_and_waits_loses_its_place()
    {
        var clock = new FakeTimeProvider();
        await using var daemon = new RunningDaemon(_service, new DaemonServerOptions { TimeProvider = clock });
        Task<string> asking = AskAsync(daemon.Path, [10, 0, 0, 0, (byte)'{'], hangUp: false);

        await clock.AdvanceUntilAsync(TimeSpan.FromSeconds(1), asking);

        (await asking).Should().Contain("DaemonTimeout");
    }

    [Fact]
    public async Task Client_of_another_user_is_refused()
    {
        await using var daemon = new RunningDaemon(_service);
        File.SetUnixFileMode(daemon.Path, (UnixFileMode)0b110_110_110);
        Exception? failure = null;

        OtherUser.Run(65534, () =>
        {
            using DaemonClient client = daemon.Client();
            failure = Record.Exception(() => client.Status());
        });

        failure.Should().BeOfType<DaemonException>().Which.Code.Should().Be(ErrorCode.DaemonUntrusted);
        failure!.Message.Should().Contain("user 65534");
    }

    [Fact]
    public async Task Socket_is_for_its_owner_only()
    {
        await using var daemon = new RunningDaemon(_service);

        File.GetUnixFileMode(daemon.Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static async Task<string> AskAsync(string path, byte[] bytes, bool hangUp = true)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        await socket.SendAsync(bytes);
        if (hangUp)
            socket.Shutdown(SocketShutdown.Send);
        using var reply = new MemoryStream();
        byte[] buffer = new byte[4096];
        for (int read; (read = await socket.ReceiveAsync(buffer)) > 0;)
            reply.Write(buffer, 0, read);
        return Encoding.UTF8.GetString(reply.ToArray());
    }
}
