using System.Buffers.Binary;
using System.Text;
using Terway.Cni.Daemon;
using Terway.Testing;

namespace Terway.Cni.Tests.Daemon;

/// <summary>Whatever answers on the socket, the client ends with a code.</summary>
public sealed class BadDaemonTests
{
    private readonly FakeTimeProvider _clock = new();

    public static TheoryData<string, byte[]> Garbage => new()
    {
        { "no frame at all", "HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray() },
        { "half a header", [1, 0] },
        { "half a frame", [100, 0, 0, 0, (byte)'{'] },
        { "an empty frame", [0, 0, 0, 0] },
        { "an oversized frame", Header(DaemonContract.MaxFrameLength + 1) },
        { "a negative length", Header(-1) },
        { "not JSON", Framed("hello") },
        { "null", Framed("null") },
        { "an array", Framed("[]") },
        { "no request id", Framed("{}") },
        { "somebody else's reply", Framed("""{"requestId":"r-2"}""") },
        { "no allocation", Framed("""{"requestId":"r-1"}""") },
        { "an allocation of nothing", Framed("""{"requestId":"r-1","allocation":{}}""") },
        { "an address that is none", Framed("""{"requestId":"r-1","allocation":{"leaseId":"l","netConfs":[{"BasicInfo":{"PodIP":{"IPv4":"10.0.0.999"}}}]}}""") },
        { "invalid UTF-8", Framed([(byte)'"', 0xff, 0xfe, (byte)'"']) },
    };

    [Theory]
    [MemberData(nameof(Garbage))]
    public void Garbage_is_a_protocol_error(string what, byte[] bytes)
    {
        using var daemon = new ScriptedDaemon(async client =>
        {
            await ScriptedDaemon.ReadRequestAsync(client);
            await client.SendAsync(bytes);
        });
        using DaemonClient client = Client(daemon.Path);

        Action allocate = () => client.Allocate(Request());

        allocate.Should().Throw<DaemonException>(what).Which.Code.Should().Be(ErrorCode.DaemonProtocol, what);
    }

    [Fact]
    public void Daemon_that_closes_without_an_answer_is_a_protocol_error()
    {
        using var daemon = new ScriptedDaemon(ScriptedDaemon.ReadRequestAsync);
        using DaemonClient client = Client(daemon.Path);

        Action allocate = () => client.Allocate(Request());

        allocate.Should().Throw<DaemonException>().Where(e => e.Code == ErrorCode.DaemonProtocol && e.IsUnreachable);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(10)]
    public void Silent_daemon_is_a_timeout(int bytesBeforeSilence)
    {
        using var done = new ManualResetEventSlim();
        using var daemon = new ScriptedDaemon(async client =>
        {
            await ScriptedDaemon.ReadRequestAsync(client);
            await client.SendAsync(Framed("""{"requestId":"r-1"}""").AsMemory(0, bytesBeforeSilence));
            _clock.Advance(DaemonContract.ClientDeadline);
            await Task.Run(done.Wait);
        });
        using DaemonClient client = Client(daemon.Path);

        Action allocate = () => client.Allocate(Request());

        allocate.Should().Throw<DaemonException>().Where(e => e.Code == ErrorCode.DaemonTimeout && e.IsUnreachable);
        done.Set();
    }

    [Fact]
    public void Daemon_that_reads_nothing_is_a_timeout_too()
    {
        using var done = new ManualResetEventSlim();
        using var daemon = new ScriptedDaemon(_ =>
        {
            _clock.Advance(DaemonContract.ClientDeadline);
            return Task.Run(done.Wait);
        });
        using DaemonClient client = Client(daemon.Path);

        Action collect = () => client.Collect(new CollectRequest { Network = "net", Valid = [.. Enumerable.Range(0, 9000).Select(i => new Attachment($"container-{i}-{new string('x', 60)}", "eth0"))] });

        collect.Should().Throw<DaemonException>().Which.Code.Should().Be(ErrorCode.DaemonTimeout);
        done.Set();
    }

    [Theory]
    [InlineData("/tmp/terway-there-is-no-such-folder/eni.socket")]
    [InlineData("/etc/hostname")]
    [InlineData("/tmp")]
    public void Path_without_a_daemon_is_unavailable(string path)
    {
        using DaemonClient client = Client(path);

        Action allocate = () => client.Allocate(Request());

        allocate.Should().Throw<DaemonException>().Where(e => e.Code == ErrorCode.DaemonUnavailable && e.Message.Contains(path) && e.Error.Hint!.Contains("terwayd"));
    }

    [Fact]
    public void Path_that_is_too_long_for_a_socket_is_unavailable()
    {
        using DaemonClient client = Client("/tmp/" + new string('x', 200));

        Action allocate = () => client.Allocate(Request());

        allocate.Should().Throw<DaemonException>().Which.Code.Should().Be(ErrorCode.DaemonUnavailable);
    }

    [Fact]
    public void Socket_of_another_user_is_not_trusted()
    {
        using var daemon = new ScriptedDaemon(_ => Task.CompletedTask, listenAs: 65534);
        using DaemonClient client = Client(daemon.Path);

        Action allocate = () => client.Allocate(Request());

        allocate.Should().Throw<DaemonException>().Where(e => e.Code == ErrorCode.DaemonUntrusted && e.Message.Contains("user 65534"));
    }

    [Fact]
    public void Client_connects_again_after_a_broken_exchange()
    {
        using var daemon = new ScriptedDaemon(async client =>
        {
            await ScriptedDaemon.ReadRequestAsync(client);
        });
        using DaemonClient client = Client(daemon.Path);
        Action allocate = () => client.Allocate(Request());
        allocate.Should().Throw<DaemonException>();
        daemon.Dispose();

        allocate.Should().Throw<DaemonException>().Which.Code.Should().Be(ErrorCode.DaemonUnavailable);
    }

    private static byte[] Framed(string json) => Framed(Encoding.UTF8.GetBytes(json));

    private static byte[] Framed(byte[] body) => [.. Header(body.Length), .. body];

    private static byte[] Header(int length)
    {
        byte[] header = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(header, length);
        return header;
    }

    private static AllocateRequest Request() =>
        new() { Network = "net", Attachment = new("c1", "eth0"), Pod = new("default", "web-0"), NetNs = "/x" };

    private DaemonClient Client(string path) => new(new DaemonClientOptions { SocketPath = path, RequestId = "r-1", TimeProvider = _clock });
}
