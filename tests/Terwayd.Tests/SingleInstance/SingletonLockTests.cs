using Terwayd.SingleInstance;

namespace Terwayd.Tests.SingleInstance;

public sealed class SingletonLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_holder_is_refused_after_five_seconds_and_told_who_holds_it()
    {
        var time = new FakeTimeProvider { AutoAdvance = true };
        using var first = await SingletonLock.AcquireAsync(_folder["terwayd.lock"], time, CancellationToken.None);
        var start = time.GetUtcNow();

        var act = () => SingletonLock.AcquireAsync(_folder["terwayd.lock"], time, CancellationToken.None);

        var refused = (await act.Should().ThrowAsync<TerwaydException>()).Which;
        refused.Code.Should().Be("AlreadyRunning");
        refused.Message.Should().Contain($"process {Environment.ProcessId}");
        (time.GetUtcNow() - start).Should().Be(SingletonLock.Patience);
    }

    [Fact]
    public async Task A_lock_that_is_let_go_within_the_patience_is_taken()
    {
        var time = new FakeTimeProvider();
        var first = await SingletonLock.AcquireAsync(_folder["terwayd.lock"], time, CancellationToken.None);
        var second = SingletonLock.AcquireAsync(_folder["terwayd.lock"], time, CancellationToken.None);

        first.Dispose();
        await time.AdvanceUntilAsync(SingletonLock.Interval, second);

        using var held = await second;
        time.GetUtcNow().Should().BeBefore(FakeTimeProvider.Start + SingletonLock.Patience);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        var time = new FakeTimeProvider();
        using var first = await SingletonLock.AcquireAsync(_folder["terwayd.lock"], time, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var second = SingletonLock.AcquireAsync(_folder["terwayd.lock"], time, cancellation.Token);

        await cancellation.CancelAsync();

        await second.Awaiting(s => s).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_missing_folder_is_no_reason_to_wait()
    {
        var act = () => SingletonLock.AcquireAsync(_folder["none/terwayd.lock"], new FakeTimeProvider(), CancellationToken.None);

        await act.Should().ThrowAsync<DirectoryNotFoundException>();
    }
}
