using FsCheck;
using FsCheck.Fluent;
using Terway.Ipam.Planning;
using Terway.Ipam.States;
using static Terway.Ipam.Tests.Planning.PlannerFacts;

namespace Terway.Ipam.Tests.Planning;

/// <summary>What holds for every plan, whatever the facts.</summary>
public class PoolPlannerProperties
{
    private static readonly Arbitrary<Situation> Situations = Gen.Sized(size =>
        from enis in Gen.ListOf(Enis, Math.Min(size, 6))
        from waiting in Gen.Choose(0, 40)
        from min in Gen.Choose(0, 8)
        from above in Gen.Choose(0, 8)
        from perEni in Gen.Choose(1, 15)
        from maxEnis in Gen.Choose(0, 8)
        from foreign in Gen.Choose(0, 2)
        from running in Gen.Choose(0, 5)
        from required in Gen.Elements(true, false)
        select new Situation(
            Facts([.. enis.Select((eni, i) => eni with { Slot = new EniSlot(i + 1) })]) with { ForeignEnis = foreign, Running = running, SweepRequired = required, SweepDue = required ? Now : Now + TimeSpan.FromHours(1) },
            Waiting(waiting), Limits(maxEnis, perEni, min, min + above, slots: 8))).ToArbitrary();

    private static Gen<EniFacts> Enis =>
        from state in Gen.Elements(Enum.GetValues<EniState>().Where(state => state != EniState.Absent).ToArray())
        from held in Gen.Choose(0, 5)
        from idle in Gen.Choose(0, 5)
        from resting in Gen.Choose(0, 3)
        from unassigning in Gen.Choose(0, 2)
        from busy in Gen.Elements(true, false)
        from retiring in Gen.Elements(true, false, false)
        from leftover in Gen.Elements(true, false)
        from doubt in Gen.Elements(true, false, false)
        select InUse(0, held, idle, resting, unassigning) with { State = state, Busy = busy, Retiring = retiring, Leftover = leftover, InDoubt = doubt, Arriving = busy ? 1 : 0 };

    [Fact]
    public void No_plan_touches_an_ENI_twice_or_while_it_is_busy() => Holds((situation, plan) =>
    {
        var slots = plan.Actions.SelectMany(Touched).ToList();
        return slots.Distinct().Count() == slots.Count && !slots.Exists(slot => situation.Facts.Enis.Single(eni => eni.Slot == slot).Busy);
    });

    [Fact]
    public void No_plan_makes_more_calls_than_allowed() => Holds((situation, plan) =>
        plan.Actions.Length <= Math.Max(0, situation.Limits.MaxParallelCalls - situation.Facts.Running));

    [Fact]
    public void No_plan_gives_an_ENI_more_addresses_than_it_may_have() => Holds((situation, plan) =>
        plan.Actions.OfType<PoolAction.AssignAddresses>().All(assign =>
            assign.Count > 0 && situation.Facts.Enis.Single(eni => eni.Slot == assign.Slot) is var eni && eni.Total + eni.Arriving + assign.Count <= situation.Limits.Capacity!.AddressesPerEni)
        && plan.Actions.OfType<PoolAction.CreateEni>().All(create => create.Addresses > 0 && create.Addresses <= situation.Limits.Capacity!.AddressesPerEni));

    [Fact]
    public void No_plan_creates_more_ENIs_than_there_are_slots() => Holds((situation, plan) =>
        plan.Actions.OfType<PoolAction.CreateEni>().Count() is var created && (created == 0 ||
            created + situation.Facts.Enis.Count(eni => eni.TakesSlot) <= situation.Limits.Capacity!.EnisBeside(situation.Facts.ForeignEnis)));

    [Fact]
    public void No_plan_creates_an_ENI_before_a_required_sweep_or_beside_an_unexplained_creation() => Holds((situation, plan) =>
        !plan.Actions.OfType<PoolAction.CreateEni>().Any() ||
        !situation.Facts.SweepRequired && !situation.Facts.Enis.Any(eni => eni is { State: EniState.Creating, InDoubt: true }));

    [Fact]
    public void No_plan_takes_an_ENI_or_address_that_is_in_use() => Holds((situation, plan) =>
        plan.Actions.All(action => action switch
        {
            PoolAction.DetachEni detach => Find(situation, detach.Slot) is { State: EniState.Detaching } or { Held: 0, Resting: 0 },
            PoolAction.DeleteEni delete => Find(situation, delete.Slot) is { State: EniState.Deleting } or { Held: 0 },
            PoolAction.UnassignAddresses unassign => unassign.Count <= Find(situation, unassign.Slot).Trimmable,
            _ => true,
        }));

    [Fact]
    public void No_plan_trims_and_grows_at_once() => Holds((_, plan) =>
        !plan.Actions.Any(action => action is PoolAction.AssignAddresses or PoolAction.CreateEni)
        || !plan.Actions.Any(action => action is PoolAction.UnassignAddresses { Count: > 0 }));

    [Fact]
    public void The_same_facts_give_the_same_plan() => Holds((situation, plan) =>
        plan.Actions.Select(action => action.ToString()).SequenceEqual(Make(situation).Actions.Select(action => action.ToString())));

    private static void Holds(Func<Situation, PoolPlan, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Situations, situation => property(situation, Make(situation))));

    private static PoolPlan Make(Situation situation) => PoolPlanner.Plan(situation.Facts, situation.Demand, situation.Limits, Now);

    private static EniFacts Find(Situation situation, EniSlot slot) => situation.Facts.Enis.Single(eni => eni.Slot == slot);

    private static IEnumerable<EniSlot> Touched(PoolAction action) => action switch
    {
        PoolAction.ResolveCreate a => [a.Slot],
        PoolAction.AttachEni a => [a.Slot],
        PoolAction.PrepareEni a => [a.Slot],
        PoolAction.AssignAddresses a => [a.Slot],
        PoolAction.UnassignAddresses a => [a.Slot],
        PoolAction.DetachEni a => [a.Slot],
        PoolAction.DeleteEni a => [a.Slot],
        PoolAction.DescribeEnis a => a.Slots,
        _ => [],
    };

    private sealed record Situation(PoolFacts Facts, PoolDemand Demand, PoolLimits Limits);
}
