using System.Net.Sockets;
using System.Text.Json.Nodes;
using Terway.Sandbox.Probes;

namespace Terway.Sandbox.Tests.Probes;

public sealed class ProbeFileTests
{
    [Fact]
    public void A_result_repeats_its_probe_with_verdict_and_round_trip_time()
    {
        var probes = ProbeFile.Parse("""[{"from": "a/b", "to": "10.0.0.1", "protocol": "TCP", "port": 80, "note": "x"}, {"from": "vpc", "to": "a/b", "protocol": "ICMP"}]""", "probes");

        var written = JsonNode.Parse(ProbeFile.Write(
        [
            ProbeResult.For(probes[0], ProbeAnswer.After(TimeSpan.FromMilliseconds(1.5))),
            ProbeResult.For(probes[1], ProbeAnswer.None("no answer within 2 s")),
        ]))!.AsArray();

        JsonNode.DeepEquals(written[0], JsonNode.Parse("""{"from": "a/b", "to": "10.0.0.1", "protocol": "TCP", "port": 80, "note": "x", "verdict": "allow", "rttMs": 1.5}""")).Should().BeTrue(written[0]!.ToJsonString());
        JsonNode.DeepEquals(written[1], JsonNode.Parse("""{"from": "vpc", "to": "a/b", "protocol": "ICMP", "verdict": "deny", "rttMs": null, "reason": "no answer within 2 s"}""")).Should().BeTrue(written[1]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"from": "a"}""", "*not a JSON array*")]
    [InlineData("""[{"from": "a", "to": "b", "protocol": "SCTP"}]""", "*not a JSON array of probes*")]
    [InlineData("""[{"from": "a", "to": "b", "protocol": "UDP"}]""", "*probe 0: UDP needs a 'port'*")]
    [InlineData("""[{"from": "", "to": "b", "protocol": "ICMP"}]""", "*probe 0: 'from' and 'to'*")]
    [InlineData("""[{"from": null, "to": "b", "protocol": "ICMP"}]""", "*not a JSON array of probes*from*")]
    [InlineData("""[{"from": "a", "to": "b", "protocol": 2}]""", "*not a JSON array of probes*protocol*A probe is*TCP|UDP|ICMP*")]
    [InlineData("""[{"from": "vpc", "to": "b", "protocol": "ICMP"}, null]""", "*probe 1 is null*a probe is*")]
    [InlineData("null", "*not a JSON array of probes*")]
    public void A_probe_that_cannot_be_asked_is_refused(string text, string message)
    {
        var parse = () => ProbeFile.Parse(text, "probes.json");

        parse.Should().Throw<SandboxException>().WithMessage(message);
    }

    // RFC 1071, section 3: 00 01 f2 03 f4 f5 f6 f7 sum to ddf2.
    [Fact]
    public void The_checksum_is_the_one_of_RFC_1071()
    {
        IcmpProbe.Checksum([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]).Should().Be(unchecked((ushort)~0xddf2));
        IcmpProbe.Checksum(IcmpProbe.Request(Guid.NewGuid().ToByteArray(), 7, AddressFamily.InterNetwork)).Should().Be(0, "a message sums to zero with its checksum in place");
    }
}
