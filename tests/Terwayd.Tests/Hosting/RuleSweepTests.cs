using System.Net;
using Terway.Cni.Daemon;

namespace Terwayd.Tests.Hosting;

public sealed class RuleSweepTests
{
    [Fact]
    public async Task Rules_of_addresses_that_nobody_holds_are_gone_before_the_first_request()
    {
        await using var daemon = await DaemonHarness.StartAsync();
        var held = AddressOf(daemon.Allocate("web-0"));
        var released = AddressOf(daemon.Allocate("web-1"));
        var foreign = IPAddress.Parse("192.168.7.7");
        daemon.Release("web-1");
        await daemon.StopDaemonAsync();
        daemon.BeforeStart = network => network.Rules.AddRange([held, released, foreign]);

        await daemon.StartDaemonAsync();

        daemon.Network.Rules.Should().Equal(held, foreign);
        daemon.Log.All.Should().Contain(l => l.Contains("event=1209") && l.Contains($"rule of {released}"));
    }

    private static IPAddress AddressOf(Allocation allocation) => allocation.NetConfs[0].BasicInfo!.PodIP!.IPv4!;
}
