using System.Net;
using Terway.Cni.Daemon;

namespace Terway.Cni.Tests.Daemon;

public sealed class NetConfJsonTests
{
    /// <summary>As upstream stores it: absent things are left out or empty strings.</summary>
    private const string Stored = """
        [{"BasicInfo":{"PodIP":{"IPv4":"10.0.3.5","IPv6":""},"PodCIDR":{"IPv4":"10.0.3.5/24"},"GatewayIP":{"IPv4":"10.0.3.253"},"ServiceCIDR":{"IPv4":"172.16.0.0/16","IPv6":""}},
          "ENIInfo":{"MAC":"00:16:3e:0a:0b:0c","Trunk":true,"Vid":7,"GatewayIP":{"IPv4":"10.0.9.253"},"VfId":0},
          "Pod":{"Ingress":1000,"NetworkPriority":"burstable"},"IfName":"eth1","ExtraRoutes":[{"Dst":"192.168.0.0/16"}],"DefaultRoute":true}]
        """;

    [Fact]
    public void Record_of_an_upstream_node_is_read()
    {
        NetConf conf = NetConfJson.Read(Stored).Single();

        conf.BasicInfo!.PodIP.Should().Be(new AddressSet(IPAddress.Parse("10.0.3.5")));
        conf.BasicInfo.PodCidr.Should().Be(new NetworkSet(IPNetwork.Parse("10.0.3.0/24")));
        conf.BasicInfo.ServiceCidr.Should().Be(new NetworkSet(IPNetwork.Parse("172.16.0.0/16")));
        conf.EniInfo.Should().BeEquivalentTo(new EniInfo
        {
            Mac = "00:16:3e:0a:0b:0c",
            Trunk = true,
            Vid = 7,
            GatewayIP = new(IPAddress.Parse("10.0.9.253")),
            VfId = 0,
        });
        conf.Pod.Should().Be(new PodLimits { Ingress = 1000, NetworkPriority = "burstable" });
        conf.IfName.Should().Be("eth1");
        conf.ExtraRoutes.Should().Equal(new ExtraRoute(IPNetwork.Parse("192.168.0.0/16")));
        conf.DefaultRoute.Should().BeTrue();
    }

    [Fact]
    public void Written_record_has_upstreams_names_and_reads_back()
    {
        string written = NetConfJson.Write(NetConfJson.Read(Stored));

        written.Should().Contain("\"PodIP\":{\"IPv4\":\"10.0.3.5\"}").And.Contain("\"ENIInfo\":{\"MAC\"").And.Contain("\"Dst\":\"192.168.0.0/16\"");
        NetConfJson.Read(written).Should().BeEquivalentTo(NetConfJson.Read(Stored));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[{\"BasicInfo\":{\"PodCIDR\":{\"IPv4\":\"10.0.3.0/33\"}}}]")]
    [InlineData("[{\"BasicInfo\":{\"PodIP\":{\"IPv4\":\"ten\"}}}]")]
    public void Other_text_is_a_format_error(string text)
    {
        Action read = () => NetConfJson.Read(text);

        read.Should().Throw<FormatException>();
    }
}
