using Terway.Cloud.Testing;
using Terway.Testing;

namespace Terway.Cloud.Tests.Emulator;

/// <summary>When rules strike.</summary>
public class FaultScriptTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Rule_strikes_the_calls_that_it_is_about_after_its_skip_and_as_often_as_it_may()
    {
        var script = new FaultScript(1, _time);
        script.Add(new FaultRule { Fault = EmulatedFault.Throttle, Action = "DeleteNetworkInterface", About = "eni-b", Skip = 1, Times = 2 });

        Strikes(script, "DeleteNetworkInterface", "eni-a", 3).Should().Be(0);
        Strikes(script, "DetachNetworkInterface", "eni-b", 3).Should().Be(0);
        Strikes(script, "DeleteNetworkInterface", "eni-b", 5).Should().Be(2);
        script.Rules.Should().ContainSingle().Which.Should().Match<FaultRuleState>(r => r.Matched == 3 && r.Fired == 2 && !r.InForce);
    }

    [Fact]
    public void Star_stands_for_every_call_but_those_to_the_metadata_service()
    {
        var script = new FaultScript(1, _time);
        script.Add(new FaultRule { Fault = EmulatedFault.Throttle, Action = "Describe*" });
        Strikes(script, "DescribeVSwitches", "x", 1).Should().Be(1);
        Strikes(script, "CreateNetworkInterface", "x", 1).Should().Be(0);

        script.Clear();
        script.Add(new FaultRule { Fault = EmulatedFault.Throttle });
        Strikes(script, "CreateNetworkInterface", "x", 1).Should().Be(1);
        Strikes(script, FaultRule.MetadataAction, "x", 1).Should().Be(0);
    }

    [Fact]
    public void Rule_ends_with_its_time_and_the_first_in_force_decides()
    {
        var script = new FaultScript(1, _time);
        script.Add(new FaultRule { Fault = EmulatedFault.Throttle, For = TimeSpan.FromMinutes(1) });
        var second = script.Add(new FaultRule { Fault = EmulatedFault.VSwitchFull });

        script.Decide(Call("A", "x")).Should().Be(EmulatedFault.Throttle);
        _time.Advance(TimeSpan.FromMinutes(1));
        script.Decide(Call("A", "x")).Should().Be(EmulatedFault.VSwitchFull);
        script.Remove(second).Should().BeTrue();
        script.Remove(second).Should().BeFalse();
        script.Decide(Call("A", "x")).Should().BeNull();
    }

    [Fact]
    public void Share_is_kept_and_repeats_with_the_seed()
    {
        List<bool> Roll(int seed)
        {
            var script = new FaultScript(seed, _time);
            script.Add(new FaultRule { Fault = EmulatedFault.Throttle, Share = 0.2 });
            return [.. Enumerable.Range(0, 5_000).Select(_ => script.Decide(Call("A", "x")) is not null)];
        }

        Roll(7).Should().Equal(Roll(7)).And.NotEqual(Roll(8));
        Roll(7).Count(struck => struck).Should().BeInRange(900, 1_100);
    }

    [Fact]
    public void Rule_out_of_its_ranges_is_refused()
    {
        var script = new FaultScript(1, _time);

        FluentActions.Invoking(() => script.Add(new FaultRule { Fault = EmulatedFault.Throttle, Times = 0, Share = 1.5, Skip = -1, For = TimeSpan.Zero, Action = "" }))
            .Should().Throw<ArgumentException>().WithMessage("*action is empty*skip is -1*times is 0*share is 1.5*in force*");
    }

    private static int Strikes(FaultScript script, string action, string about, int calls) =>
        Enumerable.Range(0, calls).Count(_ => script.Decide(Call(action, about)) is not null);

    private static EmulatedCall Call(string action, string about) => new(1, action, new EniId(about), FakeTimeProvider.Start);
}
