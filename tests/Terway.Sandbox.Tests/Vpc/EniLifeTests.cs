using System.Net;
using System.Text.Json.Nodes;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Nodes;
using Terway.Sandbox.Probes;
using Terway.Testing;

namespace Terway.Sandbox.Tests.Vpc;

/// <summary>ENIs and their addresses as links and routes, with the cloud's clock in the test's hand.</summary>
public sealed class EniLifeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task An_ENI_appears_only_when_its_attachment_completes_and_goes_when_it_is_detached()
    {
        var clock = new FakeTimeProvider();
        var settings = new SandboxSettings
        {
            CloudTime = clock,
            Latencies = EmulatorLatencies.None with { Attach = LatencyRange.Seconds(3, 3), Detach = LatencyRange.Seconds(4, 4) },
        };
        await using var sandbox = await VpcSandbox.StartAsync(SandboxName.Unique("test"), settings, _ => { }, None);
        var node = sandbox.Nodes[0];
        var eni = await CreateAsync(sandbox);

        await sandbox.Cloud.Api.AttachNetworkInterfaceAsync(new AttachNetworkInterfaceRequest(eni.Id, node.Instance));
        clock.Advance(TimeSpan.FromSeconds(2.9));
        (await NodeRemains.LinksAsync(node, None)).Should().Equal("eth0", "lo");

        clock.Advance(TimeSpan.FromSeconds(0.2));
        await UntilAsync(sandbox, eni.Id, EniStatus.InUse);
        (await NodeRemains.LinksAsync(node, None)).Should().Equal("eth0", "eth1", "lo");
        var link = JsonNode.Parse((await node.RunAsync(["ip", "-json", "link", "show", "eth1"], None)).Checked().Output)![0]!;
        ((string)link["address"]!).Replace(":", "", StringComparison.Ordinal).Should().BeEquivalentTo(eni.MacAddress.ToString());

        await sandbox.Cloud.Api.DetachNetworkInterfaceAsync(new DetachNetworkInterfaceRequest(eni.Id, node.Instance));
        clock.Advance(TimeSpan.FromSeconds(4.1));
        await UntilAsync(sandbox, eni.Id, EniStatus.Available);
        (await NodeRemains.LinksAsync(node, None)).Should().Equal("eth0", "lo");
    }

    [Fact]
    public async Task An_address_is_routed_to_the_ENI_that_owns_it_at_that_moment()
    {
        var settings = new SandboxSettings { Latencies = EmulatorLatencies.None };
        await using var sandbox = await VpcSandbox.StartAsync(SandboxName.Unique("test"), settings, _ => { }, None);
        var address = IPAddress.Parse("10.0.2.77");
        var probe = new Probe { From = "vpc", To = address.ToString(), Protocol = ProbeProtocol.ICMP };
        var enis = new List<NetworkInterface>();
        foreach (var node in sandbox.Nodes)
        {
            var eni = await CreateAsync(sandbox);
            await sandbox.Cloud.Api.AttachNetworkInterfaceAsync(new AttachNetworkInterfaceRequest(eni.Id, node.Instance));
            await UntilAsync(sandbox, eni.Id, EniStatus.InUse);
            (await node.RunAsync(["sh", "-c", $"ip link set eth1 up; ip address add {address}/32 dev eth1; ip rule add from {address} lookup 100; ip route add default dev eth1 via {settings.Vpc.VSwitches[1].Gateway} onlink table 100"], None)).Checked();
            enis.Add(eni);
        }

        (await sandbox.ProbeAsync([probe], Patience, None))[0].Verdict.Should().Be(Verdict.Deny, "nobody owns the address");
        for (var owner = 0; owner < enis.Count; owner++)
        {
            await sandbox.Cloud.Api.AssignPrivateIpAddressesAsync(new AssignPrivateIpAddressesRequest { EniId = enis[owner].Id, Addresses = [address] });
            var before = await ReceivedAsync(sandbox.Nodes[owner]);
            (await sandbox.ProbeAsync([probe], Patience, None))[0].Verdict.Should().Be(Verdict.Allow);
            (await ReceivedAsync(sandbox.Nodes[owner])).Should().BeGreaterThan(before, "its owner's ENI got the packet");
            await sandbox.Cloud.Api.UnassignPrivateIpAddressesAsync(new UnassignPrivateIpAddressesRequest { EniId = enis[owner].Id, Addresses = [address] });
        }

        (await sandbox.ProbeAsync([probe], Patience, None))[0].Verdict.Should().Be(Verdict.Deny, "it was given back");
    }

    private static async Task<NetworkInterface> CreateAsync(VpcSandbox sandbox)
    {
        var vpc = new SandboxSettings().Vpc;
        var request = new CreateNetworkInterfaceRequest { VSwitchId = vpc.VSwitches[1].Id, SecurityGroupIds = [vpc.SecurityGroup] };
        return (await sandbox.Cloud.Api.CreateNetworkInterfaceAsync(request)).Value;
    }

    private static async Task UntilAsync(VpcSandbox sandbox, EniId eni, EniStatus status)
    {
        using var bounded = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (sandbox.Cloud.Enis.Single(e => e.Id == eni).Status != status)
            await Task.Delay(10, bounded.Token);
    }

    private static async Task<long> ReceivedAsync(Node node)
    {
        var link = JsonNode.Parse((await node.RunAsync(["ip", "-json", "-statistics", "link", "show", "eth1"], None)).Checked().Output)![0]!;
        return (long)link["stats64"]!["rx"]!["packets"]!;
    }
}
