using System.Net;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Probes;

namespace Terway.Sandbox.Tests.Vpc;

/// <summary>The VPC with bare instances: no daemons and no pods.</summary>
public sealed class VpcFabricTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Instances_reach_each_other_and_a_spoofed_source_is_dropped_and_counted()
    {
        var name = SandboxName.Unique("test");
        await using (var sandbox = await VpcSandbox.StartAsync(name, new SandboxSettings(), _ => { }, CancellationToken.None))
        {
            var answered = await sandbox.ProbeAsync(
            [
                new Probe { From = "node/node-1", To = "node/node-2", Protocol = ProbeProtocol.ICMP },
                new Probe { From = "vpc", To = "node/node-1", Protocol = ProbeProtocol.ICMP },
                new Probe { From = "node/node-2", To = "vpc", Protocol = ProbeProtocol.ICMP },
                new Probe { From = "node/node-1", To = "node/node-2", Protocol = ProbeProtocol.TCP, Port = 9 },
            ], Patience, CancellationToken.None);
            answered.Take(3).Should().OnlyContain(r => r.Verdict == Verdict.Allow && r.RttMs > 0);
            answered[3].Reason.Should().StartWith("refused");

            var stranger = IPAddress.Parse("10.0.1.99");
            (await sandbox.Nodes[0].RunAsync(["ip", "address", "add", $"{stranger}/32", "dev", "lo"], CancellationToken.None)).Checked();
            await sandbox.Nodes[0].RunAsync(["ping", "-c", "3", "-i", "0.01", "-W", "1", "-I", stranger.ToString(), sandbox.Nodes[1].Address.ToString()], CancellationToken.None);
            var spoofed = await sandbox.Fabric.UntilSpoofedAsync(3, CancellationToken.None);
            spoofed.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Source = stranger, Packets = 3L });

            const string strangersMac = "02:00:00:00:00:99";
            (await sandbox.Nodes[1].RunAsync(["ip", "link", "set", "eth0", "address", strangersMac], CancellationToken.None)).Checked();
            (await sandbox.ProbeAsync([new Probe { From = "node/node-2", To = "vpc", Protocol = ProbeProtocol.ICMP }], Patience, CancellationToken.None))[0].Verdict.Should().Be(Verdict.Deny);
            var both = await sandbox.Fabric.UntilSpoofedAsync(4, CancellationToken.None);
            both.Should().Contain(s => s.Mac == strangersMac && s.Source.Equals(sandbox.Nodes[1].Address) && s.Packets > 0, "the address is its own, the MAC address is not");
        }

        Leftovers.Find(name).IsEmpty.Should().BeTrue();
    }
}
