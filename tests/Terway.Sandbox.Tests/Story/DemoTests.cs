using Terway.Sandbox.Nodes;
using Terway.Sandbox.Show;
using Terway.Sandbox.Story;
using Terway.Sandbox.Tests.EndToEnd;

namespace Terway.Sandbox.Tests.Story;

public sealed class DemoTests
{
    [Fact]
    public async Task The_story_is_told_to_its_end_and_every_check_holds()
    {
        using var text = new StringWriter();

        var exitCode = await new Demo(SandboxConsole.For(text, isTerminal: false), BuiltPrograms.Paths).RunAsync(CancellationToken.None);

        var told = text.ToString();
        exitCode.Should().Be(0, told);
        told.Should().NotContain("FAILED").And.Contain("vsw-bp1sandboxa").And.Contain("got kill -9").And.MatchRegex(@"(?m)^c\d +10\.0\.\d+\.\d+ +reused");
        told.TrimEnd().Should().MatchRegex(@"\n\d{3} passed, 0 failed$");
    }

    [Fact]
    public async Task A_story_that_breaks_off_ends_with_its_count_and_fails()
    {
        using var text = new StringWriter();
        var programs = new NodePrograms(Plugin: "/bin/false", Daemon: "/bin/false");

        var exitCode = await new Demo(SandboxConsole.For(text, isTerminal: false), programs).RunAsync(CancellationToken.None);

        exitCode.Should().Be(1);
        var told = text.ToString();
        told.Should().Contain("error: terwayd on node-1 ended with 1").And.Contain("ok     the machine is as it was");
        told.TrimEnd().Should().EndWith("1 passed, 1 failed");
    }
}
