using System.Net;
using Terway.Cloud;
using Terway.Sandbox.Vpc;

namespace Terway.Sandbox.Tests.Vpc;

public sealed class SpoofedPacketsTests
{
    // nft 1.0.6: nft --json list set inet vpc offenders
    private const string Listed = """
        {"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}},
        {"set": {"family": "inet", "name": "offenders", "table": "vpc", "type": ["ifname", "ether_addr", "ipv4_addr"], "handle": 4, "size": 4096, "flags": ["dynamic"],
        "elem": [{"elem": {"val": {"concat": ["port2", "00:16:3e:86:77:53", "10.0.2.143"]}, "counter": {"packets": 3, "bytes": 108}}},
                 {"elem": {"val": {"concat": ["port9", "00:16:3e:00:00:01", "10.0.1.1"]}, "counter": {"packets": 1, "bytes": 84}}}],
        "stmt": [{"counter": null}]}}]}
        """;

    [Fact]
    public void Counters_are_read_with_the_ENI_at_the_port_if_it_is_known()
    {
        var spoofed = SpoofedPackets.Read(Listed, port => port == "port2" ? new EniId("eni-2") : null);

        spoofed.Should().Equal(
            new SpoofedPackets(new EniId("eni-2"), "00:16:3e:86:77:53", IPAddress.Parse("10.0.2.143"), 3),
            new SpoofedPackets(null, "00:16:3e:00:00:01", IPAddress.Parse("10.0.1.1"), 1));
    }

    [Fact]
    public void A_gateway_is_the_third_address_from_the_end()
    {
        new VSwitchLayout(new VSwitchId("a"), IPNetwork.Parse("192.168.0.0/24")).Gateway.Should().Be(IPAddress.Parse("192.168.0.253"));
        new VSwitchLayout(new VSwitchId("a"), IPNetwork.Parse("10.0.16.0/20")).Gateway.Should().Be(IPAddress.Parse("10.0.31.253"));
    }
}
