using Terway.Cni.Daemon;
using Terwayd.CommandLine;

namespace Terwayd.Tests.Hosting;

public sealed class PodExclusionTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DaemonHarness _daemon = null!;

    public async ValueTask InitializeAsync()
    {
        _daemon = await DaemonHarness.CreateAsync();
        _daemon.Network.Gate = _gate.Task;
        await _daemon.StartDaemonAsync();
    }

    public ValueTask DisposeAsync()
    {
        _gate.TrySetResult();
        return _daemon.DisposeAsync();
    }

    [Fact]
    public async Task A_second_request_for_a_pod_in_the_making_is_refused_at_once()
    {
        var first = Task.Run(() => _daemon.Allocate("web-0", requestId: "r-first"));
        await _daemon.Network.Preparing;

        var second = await Task.Run(() => RefusalOf(() => _daemon.Allocate("web-0", requestId: "r-second")));
        var release = await Task.Run(() => RefusalOf(() => _daemon.Release("web-0")));
        _gate.SetResult();

        second.Should().Be(ErrorCode.PodIsProcessing);
        release.Should().Be(ErrorCode.PodIsProcessing);
        (await first).NetConfs.Should().ContainSingle();
        _daemon.Release("web-0");
    }

    [Fact]
    public async Task A_client_that_hangs_up_leaves_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        var first = Task.Run(() =>
        {
            using var client = _daemon.Client("r-gone");
            return client.Allocate(
                new AllocateRequest { Network = "terway", Attachment = DaemonHarness.AttachmentOf("web-0"), Pod = new PodIdentity("default", "web-0"), NetNs = "/n" },
                cancellation.Token);
        });
        await _daemon.Network.Preparing;

        await cancellation.CancelAsync();
        await first.Awaiting(f => f).Should().ThrowAsync<OperationCanceledException>();
        _gate.SetResult();

        // The reply that cannot be sent: by then the request is over.
        await _daemon.Log.WaitForAsync("event=2006");
        _daemon.Allocate("web-1");
        _daemon.Inspect("web-0").Should().BeNull();
        _daemon.Show(ShowSubject.Pods, ShowOutput.Table).Output.Should().Contain("web-1").And.NotContain("web-0");
    }

    [Fact]
    public async Task A_stopping_daemon_tells_those_who_wait()
    {
        var first = Task.Run(() => RefusalOf(() => _daemon.Allocate("web-0")));
        await _daemon.Network.Preparing;

        var exitCode = await _daemon.StopDaemonAsync();

        exitCode.Should().Be(0);
        (await first).Should().Be(ErrorCode.Stopping);
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
}
