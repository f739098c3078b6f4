using Terwayd.Publication;

namespace Terwayd.Tests.Publication;

public class ConflistTests
{
    [Fact]
    public void Without_a_source_the_list_is_our_plugin_alone() =>
        Render(source: null).Text.Should().Be("""
            {
              "cniVersion": "1.0.0",
              "name": "terway-chainer",
              "plugins": [
                {
                  "type": "terway",
                  "capabilities": {
                    "bandwidth": true
                  },
                  "eniip_virtual_type": "veth",
                  "bandwidth_mode": "tc"
                }
              ]
            }

            """);

    [Fact]
    public void A_single_plugins_configuration_becomes_a_list()
    {
        var conflist = Render("""{"cniVersion": "0.4.0", "name": "terway", "type": "terway", "eniip_virtual_type": "Veth", "x-mine": [1]}""");

        conflist.Text.Should().Be("""
            {
              "cniVersion": "0.4.0",
              "name": "terway-chainer",
              "plugins": [
                {
                  "type": "terway",
                  "eniip_virtual_type": "veth",
                  "x-mine": [
                    1
                  ],
                  "bandwidth_mode": "tc"
                }
              ]
            }

            """);
    }

    [Fact]
    public void Chained_plugins_stay_in_their_place_with_their_keys()
    {
        var conflist = Render(
            """
            {"cniVersion": "1.1.0", "name": "x", "plugins": [
              {"type": "terway-cni", "auto_mtu": true},
              {"type": "portmap", "capabilities": {"portMappings": true}, "snat": true}]}
            """,
            linkMtu: 8500);

        conflist.Text.Should().Be("""
            {
              "cniVersion": "1.1.0",
              "name": "terway-chainer",
              "plugins": [
                {
                  "type": "terway-cni",
                  "eniip_virtual_type": "veth",
                  "bandwidth_mode": "tc",
                  "mtu": 8500
                },
                {
                  "type": "portmap",
                  "capabilities": {
                    "portMappings": true
                  },
                  "snat": true
                }
              ]
            }

            """);
    }

    [Theory]
    [InlineData("nonsense", "invalid")]
    [InlineData("[]", "no JSON object")]
    [InlineData("""{"plugins": {}}""", "no list")]
    [InlineData("""{"plugins": [1]}""", "a plugin is no JSON object")]
    [InlineData("""{"plugins": []}""", "no plugin of type")]
    [InlineData("""{"type": "terway", "eniip_virtual_type": "ipvlan"}""", "\"ipvlan\" is not served")]
    [InlineData("""{"type": "terway", "mtu": "big"}""", "mtu is \"big\"")]
    public void A_source_that_cannot_be_published_names_file_and_problem(string source, string problem)
    {
        var act = () => Render(source);

        act.Should().Throw<TerwaydException>().WithMessage($"*/etc/eni/10-terway.conflist*{problem}*").Which.Code.Should().Be("ConflistInvalid");
    }

    [Theory]
    [InlineData("""{"type": "terway"}""", 1500)]
    [InlineData("""{"type": "terway", "mtu": 1400}""", 1400)]
    [InlineData("""{"type": "terway", "mtu": 1400, "auto_mtu": true}""", 1400)]
    [InlineData("""{"type": "terway", "auto_mtu": true}""", 8500)]
    [InlineData("""{"type": "terway", "auto_mtu": false}""", 1500)]
    public void The_MTU_of_pods_is_what_the_plugin_will_give_them(string source, int mtu) =>
        Render(source, linkMtu: 8500).PodMtu.Should().Be(mtu);

    private static Conflist Render(string? source, int linkMtu = 1500) =>
        Conflist.Render(new ConflistSource("/etc/eni/10-terway.conflist", source), linkMtu);
}
