using Terway.Sandbox.Nodes;
using Terway.Sandbox.Show;
using Terway.Sandbox.Story;

namespace Terway.Sandbox.Tests.Story;

public sealed class DemoTests
{
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
