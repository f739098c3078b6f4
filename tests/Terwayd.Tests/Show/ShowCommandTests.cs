using System.Text.Json;
using Terway.Cni.Daemon;
using Terwayd.CommandLine;
using Terwayd.Tests.Hosting;

namespace Terwayd.Tests.Show;

public sealed class ShowCommandTests : IAsyncLifetime
{
    private DaemonHarness _daemon = null!;

    public async ValueTask InitializeAsync()
    {
        _daemon = await DaemonHarness.StartAsync();
        _daemon.Allocate("web-0");
        _daemon.Allocate("web-1");
        _daemon.Release("web-1");
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public void Pods_are_shown_as_a_table()
    {
        var (exitCode, output, _) = _daemon.Show(ShowSubject.Pods, ShowOutput.Table);

        exitCode.Should().Be(0);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCount(2);
        lines[0].Should().StartWith("NAMESPACE");
        lines[1].Should().MatchRegex(@"^default +web-0 +eth0 +10\.0\.0\.\d+ +eni-\w+ +vsw-\w+ +sandbox-web- +\d{4}-");
    }

    [Fact]
    public void Pods_are_shown_as_JSON()
    {
        var pods = JsonDocument.Parse(_daemon.Show(ShowSubject.Pods, ShowOutput.Json).Output).RootElement;

        var pod = pods.EnumerateArray().Should().ContainSingle().Subject;
        pod.GetProperty("namespace").GetString().Should().Be("default");
        pod.GetProperty("name").GetString().Should().Be("web-0");
        pod.GetProperty("uid").GetString().Should().Be("uid-web-0");
        pod.GetProperty("containerId").GetString().Should().Be("sandbox-web-0");
        pod.GetProperty("network").GetString().Should().Be("terway");
        pod.GetProperty("netNs").GetString().Should().Be("/run/netns/web-0");
        pod.TryGetProperty("iPv6", out _).Should().BeFalse();
    }

    [Fact]
    public void ENIs_are_shown_with_their_addresses_and_rests()
    {
        var enis = JsonDocument.Parse(_daemon.Show(ShowSubject.Enis, ShowOutput.Json).Output).RootElement;

        var eni = enis.EnumerateArray().Single(e => e.GetProperty("managed").GetBoolean());
        eni.GetProperty("state").GetString().Should().Be("inUse");
        var states = eni.GetProperty("addresses").EnumerateArray().Select(a => a.GetProperty("state").GetString()).ToList();
        states.Should().Contain(["leased", "resting"]);
        _daemon.Show(ShowSubject.Enis, ShowOutput.Table).Output.Should().Contain("default/web-0").And.Contain("resting");
    }

    [Fact]
    public void The_pool_is_shown_with_its_limits()
    {
        var pool = JsonDocument.Parse(_daemon.Show(ShowSubject.Pool, ShowOutput.Json).Output).RootElement;

        pool.GetProperty("node").GetString().Should().Be("node-1");
        pool.GetProperty("ready").GetBoolean().Should().BeTrue();
        pool.GetProperty("maxEnis").GetInt32().Should().Be(2);
        pool.GetProperty("addressesPerEni").GetInt32().Should().Be(6);
        pool.GetProperty("leases").GetInt32().Should().Be(1);
        pool.GetProperty("addresses").GetProperty("resting").GetInt32().Should().Be(1);
        _daemon.Show(ShowSubject.Pool, ShowOutput.Table).Output.Should().MatchRegex("node-1 +yes +1 +2 +6 +1 +0");
    }

    [Fact]
    public void Without_a_subject_everything_is_shown()
    {
        var all = JsonDocument.Parse(_daemon.Show(null, ShowOutput.Json).Output).RootElement;

        all.EnumerateObject().Select(p => p.Name).Should().BeEquivalentTo("pool", "enis", "pods");
        _daemon.Show(null, ShowOutput.Table).Output.Should().Contain("NODE").And.Contain("ENI ").And.Contain("NAMESPACE");
    }

    [Fact]
    public async Task Without_a_daemon_the_error_says_so()
    {
        await _daemon.StopDaemonAsync();

        var (exitCode, output, errors) = _daemon.Show(null, ShowOutput.Table);

        exitCode.Should().Be(1);
        output.Should().BeEmpty();
        errors.Should().StartWith("DaemonUnavailable: ");
    }
}
