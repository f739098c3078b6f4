namespace Terway.Cni.Tests.Spec;

public sealed class VersionTests
{
    [Fact]
    public void Version_lists_what_is_spoken_and_echoes_what_the_runtime_stated()
    {
        var invocation = new Invocation(new RecordingPlugin()) { Stdin = """{"cniVersion":"0.4.0"}""" };

        int exit = invocation.Run("VERSION");

        exit.Should().Be(0);
        invocation.Answer.GetProperty("cniVersion").GetString().Should().Be("0.4.0");
        invocation.Answer.GetProperty("supportedVersions").EnumerateArray().Select(v => v.GetString())
            .Should().Equal("0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"cniVersion":"<script>"}""")]
    [InlineData("""{"cniVersion":7}""")]
    public void Version_answers_whatever_stands_on_stdin(string stdin)
    {
        var invocation = new Invocation(new RecordingPlugin()) { Stdin = stdin };

        invocation.Run("VERSION").Should().Be(0);

        invocation.Answer.GetProperty("cniVersion").GetString().Should().Be("1.1.0");
    }

    [Theory]
    [InlineData("CHECK", "0.3.1", "0.4.0")]
    [InlineData("GC", "1.0.0", "1.1.0")]
    [InlineData("STATUS", "1.0.0", "1.1.0")]
    public void Command_that_the_version_does_not_have_is_incompatible(string command, string version, string since)
    {
        var plugin = new RecordingPlugin();
        var invocation = new Invocation(plugin) { Stdin = $$"""{"cniVersion":"{{version}}","name":"net"}""" };

        int exit = invocation.Run(command);

        exit.Should().Be(1);
        invocation.Code.Should().Be(1);
        invocation.Message.Should().Contain(since).And.Contain(version);
        invocation.Answer.GetProperty("cniVersion").GetString().Should().Be(version);
        plugin.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"name":"net"}""", 1, "none, which means 0.1.0")]
    [InlineData("""{"cniVersion":"","name":"net"}""", 1, "0.1.0")]
    [InlineData("""{"cniVersion":"0.2.0","name":"net"}""", 1, "0.2.0")]
    [InlineData("""{"cniVersion":"1.2.0","name":"net"}""", 1, "1.2.0")]
    [InlineData("""{"cniVersion":"9.9.9","name":"net"}""", 1, "9.9.9")]
    [InlineData("""{"cniVersion":"banana","name":"net"}""", 6, "banana")]
    [InlineData("""{"cniVersion":"1.0","name":"net"}""", 6, "'1.0'")]
    [InlineData("""{"cniVersion":"-1.0.0","name":"net"}""", 6, "-1.0.0")]
    public void Version_that_is_not_spoken_is_named(string stdin, int code, string named)
    {
        var invocation = new Invocation(new RecordingPlugin()) { Stdin = stdin };

        invocation.Run("ADD").Should().Be(1);

        invocation.Code.Should().Be(code);
        invocation.Message.Should().Contain(named);
        invocation.Answer.GetProperty("cniVersion").GetString().Should().Be("1.1.0");
    }
}
