using System.Net;
using System.Text;
using Terway.Cni.Daemon;
using Terway.Cni.Daemon.Internal;
using Terway.Cni.Internal;

namespace Terway.Cni.Tests.Daemon;

public sealed class CodecTests
{
    private const int Seed = 20261124;
    private const int Mutations = 4000;

    private static readonly Allocation Full = new()
    {
        LeaseId = "lease \"1\" é",
        Kind = NetworkKind.VpcEni,
        EniReady = true,
        HostAddresses = new(IPAddress.Parse("10.0.0.10"), IPAddress.Parse("2001:db8::10")),
        NetConfs =
        [
            new NetConf
            {
                BasicInfo = new BasicInfo
                {
                    PodIP = new(IPAddress.Parse("10.0.3.5"), IPAddress.Parse("2001:db8::5")),
                    PodCidr = new(IPNetwork.Parse("10.0.3.0/24"), IPNetwork.Parse("2001:db8::/64")),
                    GatewayIP = new(IPAddress.Parse("10.0.3.253"), IPAddress.Parse("2001:db8::fffd")),
                    ServiceCidr = new(IPNetwork.Parse("172.16.0.0/16"), IPNetwork.Parse("fd00::/112")),
                },
                EniInfo = new EniInfo
                {
                    Mac = "00:16:3e:00:00:01", Trunk = true, Vid = 4094, ERdma = true, VfId = 0,
                    GatewayIP = new(IPAddress.Parse("10.0.9.253"), IPAddress.Parse("2001:db8:9::fffd")),
                },
                Pod = new PodLimits { Ingress = ulong.MaxValue, Egress = 1, NetworkPriority = "burstable" },
                IfName = "eth1",
                ExtraRoutes = [new ExtraRoute(IPNetwork.Parse("192.168.0.0/16")), new ExtraRoute(IPNetwork.Parse("fd01::/48"))],
                DefaultRoute = true,
            },
            new NetConf(),
        ],
    };

    public static TheoryData<DaemonRequest> Requests
    {
        get
        {
            var attachment = new Attachment("c1", "eth0");
            var pod = new PodIdentity("default", "web-0", "uid");
            return new()
            {
                new DaemonRequest { RequestId = "r", Operation = DaemonOperation.Allocate, Allocate = new() { Network = "net", Attachment = attachment, Pod = pod, NetNs = "/x" } },
                new DaemonRequest { RequestId = "r", Operation = DaemonOperation.Release, Release = new() { Network = "net", Attachment = attachment, Pod = pod with { Uid = null }, Reason = "del", DeferredLinks = true } },
                new DaemonRequest { RequestId = "r", Operation = DaemonOperation.Inspect, Inspect = new() { Network = "net", Attachment = attachment, Pod = pod } },
                new DaemonRequest { RequestId = "r", Operation = DaemonOperation.Collect, Collect = new() { Network = "net", Valid = [attachment, new("c2", "net1")] } },
                new DaemonRequest { RequestId = "r", Operation = DaemonOperation.Status },
                new DaemonRequest { RequestId = "r", Operation = DaemonOperation.Show, Show = new(ShowSubject.Pool) },
                new DaemonRequest { RequestId = "r", Operation = DaemonOperation.Show, Show = new(ShowSubject.Address, "10.0.0.1") },
                new DaemonRequest { RequestId = "r", Operation = DaemonOperation.Show, Show = new(ShowSubject.Eni, "eni-1") },
                new DaemonRequest { RequestId = "r", Operation = DaemonOperation.Show, Show = new(ShowSubject.Pod, "default/web-0") },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Requests), DisableDiscoveryEnumeration = true)]
    public void Request_is_read_as_it_was_written(DaemonRequest request) =>
        RequestCodec.Decode(RequestCodec.Encode(request).Span).Should().BeEquivalentTo(request);

    [Fact]
    public void Reply_is_read_as_it_was_written()
    {
        var reply = new DaemonReply
        {
            RequestId = "r",
            Allocation = Full,
            Collected = new CollectReply { Released = [new("c1", "eth0")] },
            Document = """{"a":"b"}""",
            Error = new DaemonError(ErrorCode.PoolExhausted, "m", "d", "h"),
        };

        ReplyCodec.Decode(ReplyCodec.Encode(reply).Span).Should().BeEquivalentTo(reply);
    }

    [Theory]
    [InlineData("it's <here> & there: é ü 漢 😀", "it's <here> & there: é ü 漢 😀")]
    [InlineData("quote \" backslash \\", "quote \\\" backslash \\\\")]
    [InlineData("line\nbell\u0007delete\u007f", "line\\u000abell\\u0007delete\\u007f")]
    public void Text_is_escaped_where_json_needs_it_and_nowhere_else(string text, string written)
    {
        byte[] json = ReplyCodec.Encode(new DaemonReply { RequestId = text }).ToArray();

        Encoding.UTF8.GetString(json).Should().Be($$"""{"requestId":"{{written}}"}""");
        ReplyCodec.Decode(json).RequestId.Should().Be(text);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_replaced()
    {
        ReplyCodec.Decode(ReplyCodec.Encode(new DaemonReply { RequestId = "a\ud83db" }).Span).RequestId.Should().Be("a\ufffdb");
    }

    [Fact]
    public void Unknown_fields_of_a_newer_side_are_passed_over()
    {
        byte[] json = Encoding.UTF8.GetBytes("""{"new":[{"x":1}],"requestId":"r","allocation":{"leaseId":"l","netConfs":[],"newer":{"y":null}}}""");

        ReplyCodec.Decode(json).Allocation!.LeaseId.Should().Be("l");
    }

    /// <summary>Whatever bytes come, the answer is a value or the one exception that the edge knows.</summary>
    [Fact]
    public void Damaged_frames_end_in_a_coded_error_or_a_value()
    {
        byte[] reply = ReplyCodec.Encode(new DaemonReply { RequestId = "r", Allocation = Full }).ToArray();
        byte[] request = RequestCodec.Encode(Requests.First().Data).ToArray();
        var random = new Random(Seed);

        for (int i = 0; i < Mutations; i++)
        {
            Decode(Damage(reply, random), ReplyCodec.Decode);
            Decode(Damage(request, random), RequestCodec.Decode);
        }
    }

    [Fact]
    public void Damaged_configurations_end_in_a_cni_error_or_a_request()
    {
        byte[] configuration = Encoding.UTF8.GetBytes(
            """{"cniVersion":"1.0.0","name":"net","capabilities":{"bandwidth":true},"runtimeConfig":{"bandwidth":{"ingressRate":1}},"prevResult":{"ips":[{"address":"10.0.0.1/24"}],"dns":{}},"cni.dev/valid-attachments":[]}""");
        var random = new Random(Seed);

        for (int i = 0; i < Mutations; i++)
        {
            CniVersion version = CniVersion.Newest;
            try
            {
                ConfigurationReader.Read(Damage(configuration, random), ref version).ReadPrevResult();
            }
            catch (CniException e)
            {
                e.Code.Should().BeOneOf(CniErrorCode.DecodingFailure, CniErrorCode.IncompatibleVersion, CniErrorCode.InvalidConfiguration);
            }
        }
    }

    private static void Decode<T>(byte[] json, Frame.Decoder<T> decode)
    {
        try
        {
            Frame.Decode(json, decode);
        }
        catch (DaemonException e)
        {
            e.Code.Should().Be(ErrorCode.DaemonProtocol);
        }
    }

    private static byte[] Damage(byte[] text, Random random)
    {
        byte[] damaged = [.. text];
        for (int i = random.Next(1, 4); i > 0; i--)
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        return random.Next(4) == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
    }
}
