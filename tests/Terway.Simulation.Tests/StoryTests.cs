namespace Terway.Simulation.Tests;

public sealed class StoryTests
{
    private static readonly StorySettings Short = new() { Seed = 7, Pods = 150, History = 1 };

    [Fact]
    public void The_same_settings_tell_the_same_story()
    {
        var one = Story.Tell(Short);
        var other = Story.Tell(Short);

        other.Trace.Should().Be(one.Trace);
        other.Steps.Should().Be(one.Steps);
    }

    [Fact]
    public void A_kept_history_changes_nothing_but_itself()
    {
        var kept = Story.Tell(Short with { History = 1000 });
        var plain = Story.Tell(Short with { History = 0 });

        plain.History.Should().BeEmpty();
        kept.History.Should().NotBeEmpty();
        plain.Should().BeEquivalentTo(kept, options => options.Including(s => s.Steps).Including(s => s.Completed).Including(s => s.Calls).Including(s => s.VirtualTime));
    }

    [Fact]
    public void A_story_of_all_its_steps_by_name_is_the_same_story()
    {
        var whole = Story.Tell(Short);

        var named = Story.Tell(Short with { Only = Shrinker.StepsOf(whole) });

        named.Trace.Should().Be(whole.Trace);
    }

    [Fact]
    public void Every_kind_of_fault_happens()
    {
        var faults = new FaultCounts();
        for (var seed = 1; seed <= 30; seed++)
            faults.Add(Story.Tell(new StorySettings { Seed = seed, Pods = 300, Faults = FaultProfile.ByName[seed % 2 == 0 ? "node" : "all"] }).Faults);

        faults.All.Keys.Should().BeEquivalentTo(
            "DEL late", "ENI detached by others", "address taken by others", "answer late", "answer lost", "client gave up", "cloud's internal error", "disk full",
            "kernel refused", "killed between calls", "killed inside a call", "link late", "metadata unavailable", "plugin killed", "pod forgotten",
            "power lost", "request lost", "rules removed by others", "start failed", "store deleted", "throttled", "transition failed");
    }
}
