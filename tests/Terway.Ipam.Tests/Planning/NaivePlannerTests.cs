using FsCheck;
using FsCheck.Fluent;
using Terway.Ipam.Planning;
using static Terway.Ipam.Tests.Planning.PlannerFacts;

namespace Terway.Ipam.Tests.Planning;

/// <summary>The planner against a model that counts one address at a time.</summary>
public class NaivePlannerTests
{
    private static readonly Arbitrary<Situation> Situations = (
        from counts in Gen.ListOf(Counts, 4)
        from enis in Gen.Choose(0, 4)
        from waiting in Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Choose(0, 40)))
        from min in Gen.Choose(0, 8)
        from above in Gen.Choose(0, 8)
        from room in Gen.Choose(0, 12)
        from free in Gen.Choose(0, 4)
        select Make([.. counts.Take(enis)], waiting, min, min + above, room, free)).ToArbitrary();

    private static Gen<(int Held, int Idle, int Resting)> Counts =>
        from held in Gen.Choose(0, 5)
        from idle in Gen.Choose(0, 6)
        from resting in Gen.Choose(0, 3)
        select (held, idle, resting);

    [Fact]
    public void It_assigns_exactly_what_the_model_does() => Holds((plan, model, _) =>
        plan.Actions.OfType<PoolAction.AssignAddresses>().ToDictionary(a => a.Slot, a => a.Count) is var given
        && given.Count == model.Given.Count && given.All(g => model.Given.GetValueOrDefault(g.Key) == g.Value));

    [Fact]
    public void It_creates_as_many_ENIs_as_the_model_does() => Holds((plan, model, _) =>
        plan.Actions.OfType<PoolAction.CreateEni>().Count() == model.Created);

    [Fact]
    public void It_never_takes_away_more_than_the_model_and_nothing_when_the_model_does_not() => Holds((plan, model, situation) =>
        plan.Actions.Sum(action => action switch
        {
            PoolAction.UnassignAddresses unassign => unassign.Count,
            PoolAction.DetachEni detach => situation.Enis.Single(eni => eni.Slot == detach.Slot).Idle,
            _ => 0,
        }) is var taken && taken <= model.Excess && (taken > 0 || !CanTake(situation, model)));

    /// <summary>Something above the high mark can go: an idle address that is not an ENI's primary one.</summary>
    private static bool CanTake(Situation situation, NaivePlanner.Outcome model) =>
        model.Excess > 0 && situation.Enis.Any(eni => eni.Trimmable > 0);

    private static void Holds(Func<PoolPlan, NaivePlanner.Outcome, Situation, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Situations, situation => property(
            PoolPlanner.Plan(Facts([.. situation.Enis]), Waiting(situation.Waiting), situation.Limits, Now),
            NaivePlanner.Plan(situation.Enis, situation.Waiting, situation.Limits),
            situation)));

    private static Situation Make((int Held, int Idle, int Resting)[] counts, int waiting, int min, int max, int room, int free)
    {
        EniFacts[] enis = [.. counts.Select((c, i) => InUse(i + 1, c.Held, c.Idle, c.Resting))];
        var perEni = Math.Max(1, enis.Select(eni => eni.Total).DefaultIfEmpty().Max() + room);
        return new Situation(enis, waiting, Limits(enis.Length + free, perEni, min, max, slots: enis.Length + free));
    }

    private sealed record Situation(IReadOnlyList<EniFacts> Enis, int Waiting, PoolLimits Limits);
}
