using Terwayd.Reconciliation;

namespace Terwayd.Tests.Hosting;

/// <summary>What happens from time to time while the daemon runs; the clock is the test's.</summary>
public sealed class ReconciliationTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private DaemonHarness _daemon = null!;

    public async ValueTask InitializeAsync()
    {
        _daemon = await DaemonHarness.StartAsync();
        _daemon.Allocate("web-0");
        _daemon.Allocate("web-1");
        await _daemon.StopDaemonAsync();
        _daemon.BeforeStart = network => network.HostLinks.Add("web-1");
        await _daemon.StartDaemonAsync(_time);
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task A_DEL_that_found_no_daemon_is_settled_within_seconds()
    {
        _daemon.Spool.Add(DaemonHarness.ReleaseOf("web-0"));

        await _time.AdvanceUntilAsync(NodeReconciler.Interval, _daemon.Log.WaitForAsync("event=1201"));

        _daemon.Inspect("web-0").Should().BeNull();
        _daemon.Inspect("web-1").Should().NotBeNull();
        Directory.GetFiles(_daemon.Arguments.SpoolDirectory).Should().BeEmpty();
    }

    [Fact]
    public async Task The_link_of_a_pods_newer_sandbox_does_not_keep_the_address_of_an_older_one()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        var add = Task.Run(() => _daemon.Allocate("web-1", containerId: "sandbox-newer"));
        await _time.AdvanceUntilAsync(TimeSpan.FromSeconds(1), add);

        await _time.AdvanceUntilAsync(NodeReconciler.Interval, _daemon.Log.WaitForAsync("Pod default/web-1 (sandbox-web-1 eth0) gave"));

        _daemon.Inspect("web-1").Should().BeNull();
        _daemon.Inspect("web-1", containerId: "sandbox-newer").Should().NotBeNull();
    }

    [Fact]
    public async Task A_pod_without_link_and_namespace_is_given_back_and_others_are_mended()
    {
        await _time.AdvanceUntilAsync(NodeReconciler.Interval, _daemon.Log.WaitForAsync("event=1206"));
        await _time.AdvanceUntilAsync(NodeReconciler.Interval, _daemon.Log.WaitForAsync("its link and namespace are gone"));

        _daemon.Log.All.Single(l => l.Contains("event=1206")).Should().Contain("PodKey=default/web-0");
        _daemon.Inspect("web-0").Should().BeNull();
        _daemon.Inspect("web-1").Should().NotBeNull();
        _daemon.Network.Done.Should().Contain("repair web-1").And.NotContain("repair web-0").And.Contain("remove host side of web-0");
        _daemon.Network.Done.Should().Contain(d => d.StartsWith("repair eni-", StringComparison.Ordinal));
    }
}
