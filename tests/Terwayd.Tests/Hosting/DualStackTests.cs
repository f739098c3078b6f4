using System.Net;
using Terway.Cni.Daemon;

namespace Terwayd.Tests.Hosting;

public sealed class DualStackTests
{
    private const string EniConf = """{"ip_stack": "dual", "service_cidr": "172.16.0.0/16,fd00:10::/112"}""";

    [Fact]
    public async Task A_pod_gets_an_address_of_each_family_with_subnets_and_gateways()
    {
        await using var daemon = await DaemonHarness.CreateAsync(EniConf);
        daemon.BeforeStart = network => network.HostAddresses = new AddressSet(IPAddress.Parse("10.0.0.10"), IPAddress.Parse("2408:4005:0:1::10"));
        await daemon.StartDaemonAsync();

        var basic = daemon.Allocate("web-0").NetConfs[0].BasicInfo!;

        FakeVpc.Subnet.Contains(basic.PodIP!.IPv4!).Should().BeTrue();
        FakeVpc.Subnet6.Contains(basic.PodIP.IPv6!).Should().BeTrue();
        basic.PodCidr.Should().Be(new NetworkSet(FakeVpc.Subnet, FakeVpc.Subnet6));
        basic.GatewayIP.Should().Be(new AddressSet(IPAddress.Parse("10.0.0.253"), IPAddress.Parse("2408:4005:0:1:ffff:ffff:ffff:fff7")));
        daemon.Inspect("web-0")!.NetConfs[0].BasicInfo!.PodIP.Should().Be(basic.PodIP);
    }

    [Fact]
    public async Task A_node_without_IPv6_does_not_start_and_says_why()
    {
        await using var daemon = await DaemonHarness.CreateAsync(EniConf);

        var exitCode = await daemon.RunToEndAsync();

        exitCode.Should().Be(1);
        daemon.Log.All.Should().Contain(line => line.Contains("ConfigurationInvalid") && line.Contains("no global IPv6 address"));
    }
}
