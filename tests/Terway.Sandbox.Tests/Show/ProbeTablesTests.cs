using Terway.Sandbox.Probes;
using Terway.Sandbox.Show;

namespace Terway.Sandbox.Tests.Show;

public sealed class ProbeTablesTests
{
    [Fact]
    public void A_matrix_shows_the_slowest_answer_or_that_one_was_denied()
    {
        using var text = new StringWriter();

        ProbeTables.Matrix(
            SandboxConsole.For(text, isTerminal: false),
            [Result("a", "b", 1.5), Result("a", "b", 2.25), Result("b", "a", 1), Result("b", "a", null), Result("vpc", "a", 3)]);

        text.ToString().Should().Be("""
            from \ to  a     b
            a          ·     2.25
            b          deny  ·
            vpc        3.00  ·

            """);
    }

    private static ProbeResult Result(string from, string to, double? milliseconds) => ProbeResult.For(
        new Probe { From = from, To = to, Protocol = ProbeProtocol.ICMP },
        milliseconds is { } ms ? ProbeAnswer.After(TimeSpan.FromMilliseconds(ms)) : ProbeAnswer.None("no answer"));
}
