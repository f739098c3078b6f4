using System.Net;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terwayd.CommandLine;
using Terwayd.Configuration;

namespace Terwayd.Tests.Hosting;

public sealed class ConfigurationWatchTests
{
    [Fact]
    public async Task An_added_vSwitch_counts_without_a_restart_and_a_broken_file_changes_nothing()
    {
        var time = new FakeTimeProvider();
        await using var daemon = await DaemonHarness.CreateAsync();
        await daemon.StartDaemonAsync(time);
        var vpc = daemon.Vpc;
        var own = vpc.Emulator.Interfaces[0];
        var added = vpc.Emulator.AddVSwitch(new VSwitchSpec { VpcId = own.VpcId, ZoneId = own.ZoneId, Cidr = IPNetwork.Parse("10.0.1.0/24") });

        await File.WriteAllTextAsync(daemon.Arguments.ConfigPath, """{"vswitches": 5}""");
        await time.AdvanceUntilAsync(ConfigurationWatch.Interval, daemon.Log.WaitForAsync("expected an object of zone"));
        await File.WriteAllTextAsync(daemon.Arguments.ConfigPath, $$"""{"vswitches": { "{{own.ZoneId}}": ["{{own.VSwitchId}}", "{{added}}"] } }""");
        await time.AdvanceUntilAsync(ConfigurationWatch.Interval, daemon.Log.WaitForAsync("event=1010"));

        daemon.Show(Terway.Cni.Daemon.ShowSubject.Pool, ShowOutput.Json).Output.Should().Contain(own.VSwitchId.Value).And.Contain(added.Value);
    }
}
