using System.Collections.Concurrent;
using System.Net;
using Terway.Cni.Daemon;
using Terway.Ipam;

namespace Terwayd.Tests.Hosting;

public sealed class RecoveryTests
{
    [Fact]
    public async Task A_restart_keeps_every_lease_and_changes_nothing_in_the_cloud()
    {
        var calls = new ConcurrentQueue<string>();
        await using var daemon = await DaemonHarness.CreateAsync(vpc: await FakeVpc.CreateAsync(c => calls.Enqueue(c.Call.Action)));
        await daemon.StartDaemonAsync();
        var before = Enumerable.Range(0, 5).Select(i => daemon.Allocate($"web-{i}")).ToList();
        await daemon.StopDaemonAsync();
        calls.Clear();

        await daemon.StartDaemonAsync();

        var after = Enumerable.Range(0, 5).Select(i => daemon.Allocate($"web-{i}")).ToList();
        after.Should().BeEquivalentTo(before, o => o.WithStrictOrdering());
        calls.Should().NotContain(action => action != "DescribeNetworkInterfaces", "what a new store does not know yet is looked up, and nothing is changed");
    }

    [Fact]
    public async Task DELs_that_found_no_daemon_are_settled_before_the_first_request()
    {
        await using var daemon = await DaemonHarness.StartAsync();
        daemon.Allocate("web-0");
        daemon.Allocate("web-1");
        await daemon.StopDaemonAsync();
        daemon.Spool.Add(DaemonHarness.ReleaseOf("web-0"));
        daemon.Spool.Add(DaemonHarness.ReleaseOf("never-added"));
        await File.WriteAllTextAsync(Path.Combine(daemon.Arguments.SpoolDirectory, "0123.release"), "garbage");

        await daemon.StartDaemonAsync();

        daemon.Inspect("web-0").Should().BeNull();
        daemon.Inspect("web-1").Should().NotBeNull();
        daemon.Network.Done.Should().Contain("remove host side of web-0");
        Directory.GetFiles(daemon.Arguments.SpoolDirectory).Select(Path.GetFileName).Should().Equal("0123.release");
        daemon.Log.All.Should().Contain(l => l.Contains("event=1202") && l.Contains("0123.release"));
        var events = daemon.Log.All.ToList();
        events.FindIndex(l => l.Contains("event=1201")).Should().BeLessThan(events.FindIndex(l => l.Contains("event=1004")));
    }

    [Fact]
    public async Task An_address_that_the_kernel_shows_in_use_is_not_given_to_another_pod()
    {
        await using var daemon = await DaemonHarness.StartAsync();
        var held = AddressOf(daemon.Allocate("web-0"));
        await daemon.StopDaemonAsync();
        foreach (var file in Directory.GetFiles(daemon["state"], "terway.db*"))
            File.Delete(file);
        daemon.BeforeStart = network => network.Observed.Add(new ObservedAttachment(held));

        await daemon.StartDaemonAsync();

        for (var i = 1; i < FakeVpc.Addresses; i++)
            AddressOf(daemon.Allocate($"web-{i}")).Should().NotBe(held);
    }

    [Fact]
    public async Task A_full_disk_under_the_store_refuses_with_its_code_and_loses_nothing()
    {
        await using var daemon = await DaemonHarness.CreateAsync();
        using var disk = SmallDisk.Mount(daemon["state"], kibibytes: 1024);
        await daemon.StartDaemonAsync();
        var kept = daemon.Allocate("kept");
        disk.Fill();

        var refusals = Enumerable.Range(0, 4).Select(i => RefusalOf(() => daemon.Allocate($"refused-{i}"))).ToList();
        disk.Free();
        var later = daemon.Allocate("later");

        refusals.Should().Contain(new ErrorCode("StoreFull"));
        daemon.Inspect("kept").Should().BeEquivalentTo(kept);
        AddressOf(later).Should().NotBe(AddressOf(kept));
        await daemon.RestartAsync();
        daemon.Inspect("kept").Should().BeEquivalentTo(kept);
        daemon.Inspect("later").Should().BeEquivalentTo(later);
        await daemon.StopDaemonAsync();
    }

    private static ErrorCode? RefusalOf(Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (DaemonException e)
        {
            return e.Error.Code;
        }
    }

    private static IPAddress AddressOf(Allocation allocation) => allocation.NetConfs[0].BasicInfo!.PodIP!.IPv4!;
}
