using System.Text.Json.Nodes;
using Terway.Sandbox.Pods;

namespace Terway.Sandbox.Tests.Pods;

public sealed class CniNetworkConfigTests
{
    private const string List = """
        {"cniVersion": "1.0.0", "name": "net", "plugins": [
          {"type": "terway", "mtu": 1500, "capabilities": {"bandwidth": true}},
          {"type": "portmap", "capabilities": {"portMappings": true}, "snat": true}]}
        """;

    [Fact]
    public void A_plugin_gets_its_part_with_the_lists_name_and_version()
    {
        var network = CniNetworkConfig.Parse(List);

        network.Plugins.Should().Equal("terway", "portmap");
        Same(network.Input(0, null), """{"type": "terway", "mtu": 1500, "name": "net", "cniVersion": "1.0.0"}""");
    }

    [Fact]
    public void The_previous_result_and_the_valid_attachments_are_put_in()
    {
        var network = CniNetworkConfig.Parse(List);

        Same(network.Input(1, JsonNode.Parse("""{"ips": []}""")), """{"type": "portmap", "snat": true, "name": "net", "cniVersion": "1.0.0", "prevResult": {"ips": []}}""");
        Same(
            network.Input(1, null, [new JsonObject { ["containerID"] = "a", ["ifname"] = "eth0" }]),
            """{"type": "portmap", "snat": true, "name": "net", "cniVersion": "1.0.0", "cni.dev/valid-attachments": [{"containerID": "a", "ifname": "eth0"}]}""");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"name": "x"}""")]
    public void An_unreadable_list_is_an_error(string text)
    {
        var parse = () => CniNetworkConfig.Parse(text);

        parse.Should().Throw<SandboxException>().WithMessage("*configuration list is not readable*");
    }

    private static void Same(string actual, string expected) => JsonNode.DeepEquals(JsonNode.Parse(actual), JsonNode.Parse(expected)).Should().BeTrue(actual);
}
