namespace Terway.Simulation.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void A_campaign_prints_what_its_stories_came_to()
    {
        var (exitCode, output) = Run("--seed", "3", "--seeds", "1", "--faults", "cloud");

        exitCode.Should().Be(0);
        output.Should().Contain("Stories from seed 3 on, faults: cloud").And.Contain(" pod lifecycles in 1 stories").And.Contain("violations: 0")
            .And.MatchRegex("faults: .*answer lost").And.MatchRegex("refusals: ");
    }

    [Fact]
    public void One_story_prints_its_history_and_can_be_told_in_part()
    {
        var (exitCode, output) = Run("--seed", "3", "--steps", "0-20,25", "--history", "5000");

        exitCode.Should().Be(0);
        output.Should().Contain("CreateNetworkInterface").And.Contain("violations: 0");
    }

    [Theory]
    [InlineData("--faults", "weather")]
    [InlineData("--steps", "1-3")]
    [InlineData("--seed", "x")]
    public void A_wrong_argument_is_refused(params string[] arguments) => Run(arguments).ExitCode.Should().NotBe(0);

    private static (int ExitCode, string Output) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        var exitCode = SimulationCommandLine.Run(arguments, output, output);
        return (exitCode, output.ToString());
    }
}
