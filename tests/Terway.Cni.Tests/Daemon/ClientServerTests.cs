using Terway.Cni.Daemon;

namespace Terway.Cni.Tests.Daemon;

public sealed class ClientServerTests
{
    private static readonly Attachment Eth0 = new("c1", "eth0");
    private static readonly PodIdentity Pod = new("default", "web-0", "uid-1");
    private readonly FakeDaemonService _service = new() { Allocator = _ => FakeDaemonService.Example() };

    [Fact]
    public async Task Allocation_arrives_as_the_service_made_it()
    {
        await using var daemon = new RunningDaemon(_service);
        using DaemonClient client = daemon.Client();

        Allocation allocation = client.Allocate(Allocate());

        allocation.Should().BeEquivalentTo(FakeDaemonService.Example());
        _service.Calls.Should().Equal("allocate eth0 of c1 for default/web-0");
    }

    [Fact]
    public async Task Connecting_ahead_asks_nothing_and_the_first_call_uses_it()
    {
        await using var daemon = new RunningDaemon(_service);
        using DaemonClient client = daemon.Client();

        client.Connect();
        client.Connect();
        _service.Calls.Should().BeEmpty();
        File.Delete(daemon.Path);

        client.Allocate(Allocate()).Should().BeEquivalentTo(FakeDaemonService.Example());
    }

    [Fact]
    public async Task Whole_life_of_an_attachment_fits_one_connection()
    {
        await using var daemon = new RunningDaemon(_service);
        using DaemonClient client = daemon.Client();
        client.Allocate(Allocate());

        Allocation? held = client.Inspect(new InspectRequest { Network = "net", Attachment = Eth0, Pod = Pod });
        Allocation? others = client.Inspect(new InspectRequest { Network = "net", Attachment = new("c0", "eth0"), Pod = Pod });
        client.Release(new ReleaseRequest { Network = "net", Attachment = Eth0, Pod = Pod, Reason = "del", DeferredLinks = true });
        Allocation? after = client.Inspect(new InspectRequest { Network = "net", Attachment = Eth0, Pod = Pod });

        held.Should().NotBeNull();
        others.Should().BeNull();
        after.Should().BeNull();
        _service.Calls.Should().Contain("release eth0 of c1 for default/web-0: del (deferred links)");
    }

    [Fact]
    public async Task Collect_releases_what_is_not_valid_and_says_what()
    {
        await using var daemon = new RunningDaemon(_service);
        using DaemonClient client = daemon.Client();
        client.Allocate(Allocate());

        client.Collect(new CollectRequest { Network = "other", Valid = [] }).Should().BeEmpty();
        client.Collect(new CollectRequest { Network = "net", Valid = [Eth0] }).Should().BeEmpty();
        client.Collect(new CollectRequest { Network = "net", Valid = [] }).Should().Equal(Eth0);
    }

    [Fact]
    public async Task Show_passes_the_document_and_the_request_id()
    {
        await using var daemon = new RunningDaemon(_service);
        using DaemonClient client = daemon.Client("cni-42");

        client.Show(ShowSubject.Enis).Should().Be("""{"subject":"Enis","request":"cni-42"}""");
    }

    [Fact]
    public async Task Coded_error_of_the_service_arrives_whole_and_the_connection_stays_usable()
    {
        await using var daemon = new RunningDaemon(_service);
        using DaemonClient client = daemon.Client();
        _service.Unready = new DaemonError(ErrorCode.VSwitchExhausted, "vsw-1 is full", "free: 0", "add a vSwitch");
        Action status = () => client.Status();

        status.Should().Throw<DaemonException>().Which.Error.Should().Be(_service.Unready);
        _service.Unready = null;
        status.Should().NotThrow();
    }

    [Fact]
    public async Task Code_of_a_newer_daemon_is_passed_on()
    {
        await using var daemon = new RunningDaemon(_service);
        using DaemonClient client = daemon.Client();
        _service.Unready = new DaemonError(new ErrorCode("SolarFlare"), "the sun is too bright");

        Action status = () => client.Status();

        status.Should().Throw<DaemonException>().Which.Code.Value.Should().Be("SolarFlare");
    }

    [Fact]
    public async Task Defect_of_the_service_is_answered_and_reported()
    {
        var service = new FakeDaemonService { Allocator = _ => throw new InvalidOperationException("a defect") };
        await using var daemon = new RunningDaemon(service);
        using DaemonClient client = daemon.Client();

        Action allocate = () => client.Allocate(Allocate());

        allocate.Should().Throw<DaemonException>().Where(e => e.Code == ErrorCode.Internal && e.Error.Details!.Contains("a defect"));
        daemon.Incidents.Should().ContainSingle().Which.RequestId.Should().Be("r-1");
    }

    [Fact]
    public async Task Client_that_hangs_up_cancels_its_request()
    {
        var cancelled = new TaskCompletionSource();
        _service.BeforeAllocate = async token =>
        {
            await using (token.Register(cancelled.SetResult))
                await Task.Delay(Timeout.Infinite, token);
        };
        await using var daemon = new RunningDaemon(_service);
        using DaemonClient client = daemon.Client();
        using var source = new CancellationTokenSource();
        Task<Allocation> asking = Task.Run(() => client.Allocate(Allocate(), source.Token));
        Eventually.IsTrue(() => !_service.Calls.IsEmpty);

        await source.CancelAsync();

        await ((Func<Task>)(() => asking)).Should().ThrowAsync<OperationCanceledException>();
        await cancelled.Task;
    }

    [Fact]
    public async Task Work_that_ends_after_the_hang_up_knows_of_it_at_once()
    {
        var connected = new TaskCompletionSource<bool>();
        var left = new TaskCompletionSource();
        var gone = new TaskCompletionSource<bool>();
        _service.WithOrigin = async origin =>
        {
            connected.SetResult(!origin.HasHungUp());
            await left.Task;
            gone.SetResult(origin.HasHungUp());
        };
        await using var daemon = new RunningDaemon(_service);
        using DaemonClient client = daemon.Client();
        using var source = new CancellationTokenSource();
        Task<Allocation> asking = Task.Run(() => client.Allocate(Allocate(), source.Token));
        (await connected.Task).Should().BeTrue();

        await source.CancelAsync();
        await ((Func<Task>)(() => asking)).Should().ThrowAsync<OperationCanceledException>();
        left.SetResult();

        (await gone.Task).Should().BeTrue();
    }

    [Fact]
    public async Task Request_that_takes_too_long_is_answered_with_its_code()
    {
        var clock = new Terway.Testing.FakeTimeProvider();
        _service.BeforeAllocate = token =>
        {
            clock.Advance(DaemonContract.DaemonDeadline);
            return Task.Delay(Timeout.Infinite, token);
        };
        await using var daemon = new RunningDaemon(_service, new DaemonServerOptions { TimeProvider = clock });
        using DaemonClient client = daemon.Client();

        Action allocate = () => client.Allocate(Allocate());

        allocate.Should().Throw<DaemonException>().Which.Code.Should().Be(ErrorCode.TimedOut);
    }

    [Fact]
    public async Task Stopping_server_lets_the_request_in_flight_finish()
    {
        var go = new TaskCompletionSource();
        _service.BeforeAllocate = _ => go.Task;
        await using var daemon = new RunningDaemon(_service);
        using DaemonClient client = daemon.Client();
        Task<Allocation> asking = Task.Run(() => client.Allocate(Allocate()));
        Eventually.IsTrue(() => !_service.Calls.IsEmpty);

        Task stopping = daemon.StopAsync();
        go.SetResult();

        (await asking).LeaseId.Should().Be("lease-1");
        await stopping;
    }

    [Fact]
    public async Task Stopping_server_gives_up_a_request_that_does_not_end()
    {
        _service.BeforeAllocate = token => Task.Delay(Timeout.Infinite, token);
        await using var daemon = new RunningDaemon(_service, new DaemonServerOptions { StopDeadline = TimeSpan.Zero });
        using DaemonClient client = daemon.Client();
        Task<Allocation> asking = Task.Run(() => client.Allocate(Allocate()));
        Eventually.IsTrue(() => !_service.Calls.IsEmpty);

        await daemon.StopAsync();

        await ((Func<Task>)(() => asking)).Should().ThrowAsync<DaemonException>();
    }

    [Fact]
    public async Task Connections_above_the_bound_are_told_so()
    {
        _service.BeforeAllocate = token => Task.Delay(Timeout.Infinite, token);
        await using var daemon = new RunningDaemon(_service, new DaemonServerOptions { MaxConnections = 1, StopDeadline = TimeSpan.Zero });
        using DaemonClient first = daemon.Client();
        Task<Allocation> asking = Task.Run(() => first.Allocate(Allocate()));
        Eventually.IsTrue(() => !_service.Calls.IsEmpty);
        using DaemonClient second = daemon.Client();

        Action status = () => second.Status();

        status.Should().Throw<DaemonException>().Which.Code.Should().Be(ErrorCode.Overloaded);
        await daemon.StopAsync();
        await ((Func<Task>)(() => asking)).Should().ThrowAsync<DaemonException>();
    }

    [Fact]
    public async Task Hundred_clients_are_served_at_once()
    {
        await using var daemon = new RunningDaemon(_service);

        // A client blocks its thread, as a plugin's process does; on the pool's threads it would starve the server of this process.
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Factory.StartNew(() =>
        {
            using DaemonClient client = daemon.Client($"r-{i}");
            var attachment = new Attachment($"c{i}", "eth0");
            var pod = new PodIdentity("default", $"pod-{i}");
            client.Allocate(new AllocateRequest { Network = "net", Attachment = attachment, Pod = pod, NetNs = "/x" });
            client.Release(new ReleaseRequest { Network = "net", Attachment = attachment, Pod = pod });
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        _service.Held.Should().Be(0);
        _service.Calls.Should().HaveCount(200);
        daemon.Incidents.Should().BeEmpty();
    }

    private static AllocateRequest Allocate() => new() { Network = "net", Attachment = Eth0, Pod = Pod, NetNs = "/var/run/netns/c1" };
}
