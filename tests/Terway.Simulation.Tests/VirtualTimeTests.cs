namespace Terway.Simulation.Tests;

public sealed class VirtualTimeTests
{
    private readonly VirtualTime _time = new();
    private readonly List<(string Name, double At)> _fired = [];

    [Fact]
    public void Timers_fire_in_their_order_each_at_its_own_moment()
    {
        Set("b", 2);
        Set("a", 1);
        Set("c", 2);

        _time.Advance(TimeSpan.FromSeconds(3));

        _fired.Should().Equal(("a", 1), ("b", 2), ("c", 2));
        _time.Elapsed.Should().Be(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void A_timer_that_was_disposed_of_or_changed_does_not_fire_at_its_old_moment()
    {
        using var gone = Set("gone", 1);
        var moved = Set("moved", 1);
        gone.Dispose();
        moved.Change(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(5));

        _fired.Should().Equal(("moved", 2));
    }

    [Fact]
    public void A_period_goes_on_until_it_is_ended()
    {
        var timer = _time.CreateTimer(_ => Fired("tick"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        _time.Advance(TimeSpan.FromSeconds(5));
        timer.Dispose();
        _time.Advance(TimeSpan.FromSeconds(5));

        _fired.Should().Equal(("tick", 1), ("tick", 3), ("tick", 5));
    }

    [Fact]
    public void What_a_timer_sets_within_the_same_move_fires_in_it()
    {
        _time.CreateTimer(_ => Set("second", 1), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(2));

        _fired.Should().Equal(("second", 2));
    }

    private ITimer Set(string name, double seconds) =>
        _time.CreateTimer(_ => Fired(name), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);

    private void Fired(string name) => _fired.Add((name, _time.Elapsed.TotalSeconds));
}
