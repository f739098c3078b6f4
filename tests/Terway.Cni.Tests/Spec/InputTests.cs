using System.Text;

namespace Terway.Cni.Tests.Spec;

public sealed class InputTests
{
    private const string Complete = """
        {"cniVersion":"1.1.0","name":"net","type":"terway","capabilities":{"bandwidth":true,"portMappings":true},
         "eniip_virtual_type":"veth","somebody":{"else's":["key"]},"args":{"labels":{"a":"b"}},
         "runtimeConfig":{"bandwidth":{"ingressRate":8000,"ingressBurst":1,"egressRate":16000,"egressBurst":1},"portMappings":[{"hostPort":80}],"unknown":1},
         "prevResult":{"cniVersion":"1.1.0","ips":[{"address":"10.0.3.5/24","interface":0}],"interfaces":[{"name":"eth0","sandbox":"/x"}]},
         "cni.dev/valid-attachments":[{"containerID":"c1","ifname":"eth0"}]}
        """;

    private readonly RecordingPlugin _plugin = new();

    [Fact]
    public void Configuration_is_read_and_unknown_keys_are_tolerated()
    {
        new Invocation(_plugin) { Stdin = Complete }.Run("ADD").Should().Be(0);

        NetworkConfiguration configuration = _plugin.Request.Configuration;
        configuration.Name.Should().Be("net");
        configuration.Type.Should().Be("terway");
        configuration.Capabilities.Should().ContainKey("bandwidth");
        configuration.Runtime.Bandwidth.Should().Be(new BandwidthLimits { IngressRate = 8000, EgressRate = 16000 });
        configuration.ValidAttachments!.Value.Should().Equal(new Attachment("c1", "eth0"));
        configuration.ReadPrevResult()!.Ips.Single().Address.ToString().Should().Be("10.0.3.5/24");
        Encoding.UTF8.GetString(configuration.Json.Span).Should().Be(Complete);
    }

    [Fact]
    public void Truncated_configuration_does_not_decode_wherever_it_ends()
    {
        for (int length = 0; length < Complete.Length; length++)
        {
            var invocation = new Invocation(_plugin) { Stdin = Complete[..length] };

            invocation.Run("ADD").Should().Be(1);

            invocation.Code.Should().Be(6, "{0} characters were sent", length);
        }

        _plugin.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\u0000\u0001\u0002")]
    [InlineData("""{"cniVersion":"1.0.0","name":7}""")]
    [InlineData("""{"cniVersion":"1.0.0","name":"net"} trailing""")]
    [InlineData("""{"cniVersion":"1.0.0","name":"net","runtimeConfig":{"bandwidth":{"ingressRate":-1}}}""")]
    public void Other_content_does_not_decode(string stdin)
    {
        var invocation = new Invocation(_plugin) { Stdin = stdin };

        invocation.Run("ADD").Should().Be(1);

        invocation.Code.Should().Be(6);
    }

    [Fact]
    public void Deep_nesting_does_not_decode_and_does_not_overflow()
    {
        var invocation = new Invocation(_plugin) { Stdin = $$"""{"cniVersion":"1.0.0","name":"net","x":{{new string('[', 100_000)}}""" };

        invocation.Run("ADD").Should().Be(1);

        invocation.Code.Should().Be(6);
    }

    [Fact]
    public void Endless_input_is_refused()
    {
        var invocation = new Invocation(_plugin) { Stdin = new string(' ', 5 << 20) };

        invocation.Run("ADD").Should().Be(1);

        invocation.Code.Should().Be(5);
    }

    [Theory]
    [InlineData("""{"cniVersion":"1.0.0"}""", "no name")]
    [InlineData("""{"cniVersion":"1.0.0","name":""}""", "no name")]
    [InlineData("""{"cniVersion":"1.0.0","name":"../x"}""", "'../x'")]
    [InlineData("""{"cniVersion":"1.0.0","name":"_net"}""", "'_net'")]
    public void Network_without_an_acceptable_name_is_an_invalid_configuration(string stdin, string named)
    {
        var invocation = new Invocation(_plugin) { Stdin = stdin };

        invocation.Run("ADD").Should().Be(1);

        invocation.Code.Should().Be(7);
        invocation.Message.Should().Contain(named);
    }

    [Fact]
    public void PrevResult_that_is_no_result_matters_only_to_who_reads_it()
    {
        new Invocation(_plugin) { Stdin = """{"cniVersion":"1.0.0","name":"net","prevResult":{"ips":"?"}}""" }.Run("DEL").Should().Be(0);

        Action read = () => _plugin.Request.Configuration.ReadPrevResult();

        read.Should().Throw<CniException>().Which.Code.Should().Be(CniErrorCode.DecodingFailure);
    }

    [Theory]
    [InlineData("""{"cniVersion":"1.1.0","name":"net"}""", null)]
    [InlineData("""{"cniVersion":"1.1.0","name":"net","cni.dev/valid-attachments":[]}""", 0)]
    [InlineData("""{"cniVersion":"1.1.0","name":"net","cni.dev/attachments":[{"containerID":"c1","ifname":"eth0"}]}""", 1)]
    [InlineData("""{"cniVersion":"1.1.0","name":"net","cni.dev/attachments":[],"cni.dev/valid-attachments":[{"containerID":"c1","ifname":"eth0"}]}""", 1)]
    public void Valid_attachments_are_read_under_both_names_and_their_absence_is_not_an_empty_list(string stdin, int? count)
    {
        new Invocation(_plugin) { Stdin = stdin }.Run("GC").Should().Be(0);

        _plugin.Request.Configuration.ValidAttachments?.Length.Should().Be(count);
        _plugin.Request.Configuration.ValidAttachments.HasValue.Should().Be(count.HasValue);
    }
}
