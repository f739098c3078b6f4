using System.Net.Sockets;
using Terwayd.CommandLine;
using Terwayd.Hosting;

namespace Terwayd.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public async Task The_conflist_is_published_last()
    {
        await using var daemon = await DaemonHarness.StartAsync();

        var events = daemon.Log.All.Select(EventOf).Where(e => e is not null).ToList();
        events.Should().EndWith("1005");
        events.Should().ContainInOrder("1001", "1003", "1204", "1004", "1005");
        File.ReadAllText(daemon["net.d/10-terway.conflist"]).Should().Contain("\"type\": \"terway\"");
        daemon.Network.Done.First().Should().Be("node 1500");
    }

    [Fact]
    public async Task The_conflist_and_the_leases_stay_when_the_daemon_stops()
    {
        await using var daemon = await DaemonHarness.StartAsync();
        var allocation = daemon.Allocate("web-0");

        (await daemon.StopDaemonAsync()).Should().Be(0);

        File.Exists(daemon["net.d/10-terway.conflist"]).Should().BeTrue();
        daemon.Log.All[^1].Should().Contain("event=1007");
        await daemon.StartDaemonAsync();
        daemon.Inspect("web-0").Should().BeEquivalentTo(allocation);
    }

    [Fact]
    public async Task A_second_daemon_of_the_node_ends_with_a_coded_error_and_disturbs_nothing()
    {
        await using var first = await DaemonHarness.StartAsync();
        await using var second = await DaemonHarness.CreateAsync();
        second.ChangeArguments(_ => first.Arguments);

        var exitCode = await second.RunToEndAsync(new FakeTimeProvider { AutoAdvance = true });

        exitCode.Should().Be(1);
        second.Log.All.Should().ContainSingle().Which.Should().Contain("event=1008").And.Contain("Code=AlreadyRunning");
        first.Allocate("web-0");
    }

    [Fact]
    public async Task A_socket_that_another_program_listens_on_is_not_stolen()
    {
        await using var daemon = await DaemonHarness.CreateAsync();
        Directory.CreateDirectory(daemon["run"]);
        using var foreign = Bound(daemon.Arguments.SocketPath);
        foreign.Listen();

        var exitCode = await daemon.RunToEndAsync();

        exitCode.Should().Be(1);
        daemon.Log.All.Should().Contain(l => l.Contains("event=1008") && l.Contains("Code=DaemonUntrusted") && l.Contains("already listens"));
        File.Exists(daemon["net.d/10-terway.conflist"]).Should().BeFalse();
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(daemon.Arguments.SocketPath));
    }

    [Fact]
    public async Task The_socket_of_a_dead_daemon_is_replaced()
    {
        await using var daemon = await DaemonHarness.CreateAsync();
        Directory.CreateDirectory(daemon["run"]);
        using (var dead = Bound(daemon.Arguments.SocketPath))
            dead.Listen();

        await daemon.StartDaemonAsync();

        daemon.Allocate("web-0");
        File.GetUnixFileMode(daemon.Arguments.SocketPath).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData("""{"max_pool_size": "five"}""", "ConfigurationInvalid", "max_pool_size")]
    [InlineData("""{"eni_cap_ratio": 1.5}""", "ConfigurationInvalid", "EniCapRatio")]
    [InlineData("{", "ConfigurationInvalid", "not JSON")]
    public async Task A_wrong_configuration_ends_the_start_before_anything_is_touched(string eniConf, string code, string part)
    {
        await using var daemon = await DaemonHarness.CreateAsync(eniConf);

        var exitCode = await daemon.RunToEndAsync();

        exitCode.Should().Be(1);
        daemon.Log.All.Should().Contain(l => l.Contains("event=1008") && l.Contains($"Code={code}") && l.Contains(part));
        File.Exists(daemon.Arguments.SocketPath).Should().BeFalse();
        Directory.Exists(daemon["net.d"]).Should().BeFalse();
        daemon.Vpc.Emulator.Interfaces.Should().ContainSingle("only the primary ENI is there");
    }

    [Fact]
    public async Task An_unsupported_mode_ends_the_start()
    {
        await using var daemon = await DaemonHarness.CreateAsync();
        daemon.ChangeArguments(a => a with { DaemonMode = "VPC" });

        (await daemon.RunToEndAsync()).Should().Be(1);

        daemon.Log.All.Should().Contain(l => l.Contains("Code=DaemonModeUnsupported") && l.Contains("\\\"VPC\\\""));
    }

    [Fact]
    public async Task Unknown_keys_warn_once_and_the_daemon_starts()
    {
        await using var daemon = await DaemonHarness.StartAsync("""{"max_pool_size": 5, "eniTags": {}}""");

        daemon.Log.All.Where(l => l.Contains("event=1002")).Should().ContainSingle().Which.Should().Contain("eniTags");
    }

    [Fact]
    public async Task A_corrupt_store_ends_the_start_and_is_left_as_it_is()
    {
        await using var daemon = await DaemonHarness.StartAsync();
        daemon.Allocate("web-0");
        await daemon.StopDaemonAsync();
        foreach (var journal in Directory.GetFiles(daemon["state"], "terway.db-*"))
            File.Delete(journal);
        var garbage = Enumerable.Range(0, 8192).Select(i => (byte)(i * 31)).ToArray();
        await File.WriteAllBytesAsync(daemon.Arguments.StorePath, garbage);

        var exitCode = await daemon.RunToEndAsync();

        exitCode.Should().Be(1);
        daemon.Log.All.Should().Contain(l => l.Contains("event=1008") && l.Contains("Code=StoreCorrupt"));
        (await File.ReadAllBytesAsync(daemon.Arguments.StorePath)).Should().Equal(garbage);
    }

    [Fact]
    public async Task An_unwritable_folder_of_CNI_configurations_ends_the_start()
    {
        await using var daemon = await DaemonHarness.CreateAsync();
        await File.WriteAllTextAsync(daemon["net.d"], "in the way");

        (await daemon.RunToEndAsync()).Should().Be(1);

        daemon.Log.All.Should().Contain(l => l.Contains("Code=ConflistUnwritable"));
    }

    [Fact]
    public async Task A_path_that_no_socket_can_have_ends_the_start_with_a_hint()
    {
        await using var daemon = await DaemonHarness.CreateAsync();
        daemon.ChangeArguments(a => a with { SocketPath = daemon[new string('x', 120)] });

        (await daemon.RunToEndAsync()).Should().Be(1);

        daemon.Log.All.Should().Contain(l => l.Contains("Code=SocketUnusable") && l.Contains("--socket"));
    }

    [Fact]
    public async Task A_loop_that_fails_ends_the_daemon_with_its_defect_in_the_log()
    {
        await using var daemon = await DaemonHarness.StartAsync();

        daemon.Network.Reaping.SetException(new InvalidOperationException("a defect"));

        (await daemon.Running.WaitAsync(TimeSpan.FromSeconds(30))).Should().Be(1);
        daemon.Log.All.Should().Contain(l => l.Contains("event=1009") && l.Contains("a defect"));
    }

    [Fact]
    public async Task Without_a_metadata_service_the_start_ends_with_the_clouds_code()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["eni_conf"], "{}");
        var arguments = new DaemonArguments { ConfigPath = folder["eni_conf"], LockPath = folder["lock"], SocketPath = folder["socket"] };
        var environment = new TerwaydEnvironment { MetadataEndpoint = "http://127.0.0.1:1/" };
        await using var log = new LogLines();

        var exitCode = await new TerwaydHost(arguments, environment, log, TimeProvider.System, DaemonSeams.None)
            .RunAsync(CancellationToken.None);

        exitCode.Should().Be(1);
        log.All.Should().Contain(l => l.Contains("event=1008") && l.Contains("Code=Client.") && l.Contains("latest/")).And.NotContain(l => l.Contains("event=1009"));
        File.Exists(folder["socket"]).Should().BeFalse();
    }

    private static Socket Bound(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private static string? EventOf(string line) =>
        line.Split(' ').FirstOrDefault(p => p.StartsWith("event=1", StringComparison.Ordinal))?["event=".Length..];
}
