namespace Terway.Cni.Tests.Spec;

public sealed class DispatcherTests
{
    private readonly RecordingPlugin _plugin = new();

    [Theory]
    [InlineData("ADD", CniCommand.Add)]
    [InlineData("DEL", CniCommand.Del)]
    [InlineData("CHECK", CniCommand.Check)]
    [InlineData("GC", CniCommand.GC)]
    [InlineData("STATUS", CniCommand.Status)]
    public void Each_command_reaches_the_plugin_and_only_add_writes_a_result(string name, CniCommand command)
    {
        var invocation = new Invocation(_plugin);

        invocation.Run(name).Should().Be(0);

        _plugin.Request.Command.Should().Be(command);
        invocation.Stdout.Should().Be(command == CniCommand.Add ? "{\n    \"cniVersion\": \"1.1.0\",\n    \"dns\": {}\n}\n" : "");
    }

    [Fact]
    public void Failure_is_told_in_the_configurations_version_with_details_hint_and_reason()
    {
        _plugin.OnCall = (_, _) => throw new CniException(CniErrorCode.TryAgainLater, "the pod's address isn't ready", "quota \"x\"", "wait", "AddressNotReady");
        var invocation = new Invocation(_plugin) { Stdin = """{"cniVersion":"0.4.0","name":"net"}""" };

        invocation.Run("ADD").Should().Be(1);

        invocation.Stdout.Should().Be("""
            {
                "cniVersion": "0.4.0",
                "code": 11,
                "msg": "the pod's address isn't ready",
                "details": "quota \"x\"; what helps: wait; reason: AddressNotReady"
            }

            """);
    }

    [Fact]
    public void Defect_of_the_plugin_is_an_internal_error()
    {
        _plugin.OnCall = (_, _) => throw new InvalidOperationException("oops");
        var invocation = new Invocation(_plugin);

        invocation.Run("ADD").Should().Be(1);

        invocation.Code.Should().Be(999);
        invocation.Details.Should().Contain("oops");
    }

    [Fact]
    public void Cancelled_command_can_be_tried_again()
    {
        using var source = new CancellationTokenSource();
        _plugin.OnCall = (_, token) =>
        {
            source.Cancel();
            token.ThrowIfCancellationRequested();
        };
        var invocation = new Invocation(_plugin);

        invocation.Run("ADD", source.Token).Should().Be(1);

        invocation.Code.Should().Be(11);
        invocation.Details.Should().Contain("Cancelled");
    }

    [Fact]
    public void Add_whose_result_nobody_reads_is_undone()
    {
        var invocation = new Invocation(_plugin) { StdoutOverride = new BrokenStream() };

        invocation.Run("ADD").Should().Be(1);

        _plugin.Requests.Should().HaveCount(2);
        invocation.Stderr.Should().Contain("standard output");
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("broken pipe");
    }
}
