using Terway.Sandbox.Show;
using Terway.Sandbox.Soak;

namespace Terway.Sandbox.Tests.EndToEnd;

/// <summary>The short form of the soak: some seconds under fire, on a machine that has other things to do.</summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_node_under_fire_loses_nothing_and_leaves_nothing()
    {
        var settings = new SoakSettings { UnderFire = TimeSpan.FromSeconds(9), InPeace = TimeSpan.FromSeconds(4), Kills = 3, Workers = 2 };
        using var text = new StringWriter();

        var exitCode = await new SoakStory(SandboxConsole.For(text, isTerminal: false), BuiltPrograms.Paths, settings).RunAsync(TestContext.Current.CancellationToken);

        output.WriteLine(text.ToString());
        exitCode.Should().Be(0, text.ToString());
    }

    [Fact]
    public void Growth_is_the_slope_of_the_second_half_over_its_time()
    {
        var samples = new ProcessSamples();
        for (var i = 0; i < 10; i++)
            samples.Add(TimeSpan.FromMinutes(i), i < 5 ? 1000 * i : 5000 + 10 * (i - 5), 20);

        samples.MemorySlope.Should().BeApproximately(10, 0.001);
        samples.MemoryGrowth.Should().BeApproximately(40, 0.001);
        samples.DescriptorSlope.Should().Be(0);
    }
}
