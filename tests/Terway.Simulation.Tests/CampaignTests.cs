namespace Terway.Simulation.Tests;

/// <summary>A share of the simulation in every run of the tests: the same seeds each time, and one that nobody has seen.</summary>
public sealed class CampaignTests(ITestOutputHelper output)
{
    [Fact]
    public void Stories_with_all_faults_violate_nothing() => Tell(FaultProfile.All, firstSeed: 1, stories: 12);

    [Theory]
    [InlineData("none")]
    [InlineData("cloud")]
    [InlineData("kills")]
    [InlineData("creates")]
    [InlineData("store")]
    [InlineData("node")]
    public void Stories_of_each_fault_profile_violate_nothing(string profile) => Tell(FaultProfile.ByName[profile], firstSeed: 1, stories: 2);

    [Fact]
    public void Stories_from_a_fresh_seed_violate_nothing() => Tell(FaultProfile.All, Random.Shared.Next(), stories: 3);

    private void Tell(FaultProfile faults, int firstSeed, int stories)
    {
        output.WriteLine($"seeds {firstSeed} to {firstSeed + stories - 1}, faults {faults.Name}");
        var settings = new CampaignSettings { FirstSeed = firstSeed, Stories = stories, Faults = faults, Workers = 1 };

        var summary = Campaign.Run(settings, _ => { }, TestContext.Current.CancellationToken);

        using var text = new StringWriter();
        CampaignText.WriteSummary(text, summary);
        output.WriteLine(text.ToString());
        if (summary.Failed is { } failed)
        {
            var shortest = Shrinker.Shorten(failed);
            CampaignText.WriteFailure(text, failed, Story.Tell(shortest.Settings with { History = 200 }));
            Assert.Fail(text.ToString());
        }

        summary.Completed.Should().BePositive();
    }
}
