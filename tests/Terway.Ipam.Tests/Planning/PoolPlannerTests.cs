using System.Collections.Frozen;
using Terway.Ipam.Planning;
using Terway.Ipam.States;
using static Terway.Ipam.Tests.Planning.PlannerFacts;

namespace Terway.Ipam.Tests.Planning;

public class PoolPlannerTests
{
    [Fact]
    public void Nothing_wanted_and_nothing_too_much_plans_nothing_and_looks_again_at_the_next_comparison()
    {
        var plan = Plan(Facts(InUse(1, held: 3, idle: 2)));

        plan.Actions.Should().BeEmpty();
        plan.NextLook.Should().Be(Now + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Unknown_limits_are_read_first()
    {
        var plan = Plan(Facts(), Waiting(1), Limits() with { Capacity = null });

        plan.Actions.Should().ContainSingle().Which.Should().BeOfType<PoolAction.ReadNode>();
        plan.Hopeless(0, Now + TimeSpan.FromMinutes(1)).Should().BeNull();
    }

    [Fact]
    public void Nothing_is_created_before_the_sweep_that_is_required()
    {
        var plan = Plan(Facts() with { SweepRequired = true, SweepDue = Now }, Waiting(1));

        plan.Actions.Should().ContainSingle().Which.Should().BeOfType<PoolAction.Sweep>();
    }

    [Fact]
    public void Nothing_is_created_while_an_earlier_creation_is_unexplained()
    {
        var plan = Plan(Facts(In(EniState.Creating) with { InDoubt = true }), Waiting(20));

        plan.Actions.Should().ContainSingle().Which.Should().BeOfType<PoolAction.ResolveCreate>();
    }

    [Fact]
    public void Waiting_pods_grow_the_fullest_ENI_first()
    {
        var plan = Plan(Facts(InUse(1, held: 2), InUse(2, held: 7)), Waiting(4));

        plan.Actions.Should().Equal(
            new PoolAction.AssignAddresses(new EniSlot(2), 3, "4 more are wanted"),
            new PoolAction.AssignAddresses(new EniSlot(1), 1, "1 more are wanted"));
    }

    [Fact]
    public void Least_ips_grows_the_emptiest_ENI_first()
    {
        var plan = Plan(Facts(InUse(1, held: 2), InUse(2, held: 7)), Waiting(4), Limits() with { Selection = EniSelection.LeastIps });

        plan.Actions.Should().ContainSingle().Which.Should().BeOfType<PoolAction.AssignAddresses>().Which.Slot.Should().Be(new EniSlot(1));
    }

    [Fact]
    public void Room_on_a_busy_ENI_is_awaited_rather_than_a_new_ENI_created()
    {
        var plan = Plan(Facts(InUse(1, held: 2) with { Busy = true, Arriving = 1 }), Waiting(4));

        plan.Actions.Should().BeEmpty();
    }

    [Fact]
    public void Full_ENIs_lead_to_a_new_one_with_as_many_addresses_as_are_wanted()
    {
        var plan = Plan(Facts(InUse(1, held: 10)), Waiting(4));

        var create = plan.Actions.Should().ContainSingle().Which.Should().BeOfType<PoolAction.CreateEni>().Which;
        create.Addresses.Should().Be(4);
        create.VSwitch.Should().Be(V1);
    }

    [Fact]
    public void Big_burst_creates_several_ENIs_within_the_limits()
    {
        var plan = Plan(Facts(), Waiting(50), Limits(enis: 8, slots: 8));

        plan.Actions.Should().HaveCount(3).And.AllBeOfType<PoolAction.CreateEni>("three are created at once at most");
    }

    [Fact]
    public void Old_knowledge_of_vSwitches_is_refreshed_before_a_creation()
    {
        var plan = Plan(Facts() with { VSwitchesStaleAt = Now }, Waiting(1));

        plan.Actions.Should().ContainSingle().Which.Should().BeOfType<PoolAction.ReadVSwitches>();
    }

    [Fact]
    public void Last_addresses_of_a_vSwitch_are_taken_and_the_rest_comes_from_the_next()
    {
        var facts = Facts() with { VSwitches = [new VSwitchFacts(V1, 2, null), new VSwitchFacts(V2, 100, null)] };

        var plan = Plan(facts, Waiting(5));

        plan.Actions.OfType<PoolAction.CreateEni>().Select(create => (create.VSwitch, create.Addresses)).Should().Equal((V1, 2), (V2, 3));
    }

    [Fact]
    public void Lone_request_is_held_back_for_the_burst_it_may_belong_to()
    {
        var plan = Plan(Facts(InUse(1, held: 2)), new PoolDemand(1, Now - TimeSpan.FromMilliseconds(40)));

        plan.Actions.Should().BeEmpty();
        plan.NextLook.Should().Be(Now + TimeSpan.FromMilliseconds(60));
    }

    [Fact]
    public void Low_mark_counts_resting_addresses_as_coming_but_a_waiting_pod_does_not()
    {
        Plan(Facts(InUse(1, held: 2, resting: 2)), limits: Limits(min: 2)).Actions.Should().BeEmpty();
        Plan(Facts(InUse(1, held: 2, resting: 2)), Waiting(1)).Actions.Should().ContainSingle().Which.Should().BeOfType<PoolAction.AssignAddresses>();
    }

    [Fact]
    public void Excess_is_unassigned_from_the_emptiest_ENI_and_never_its_primary_address()
    {
        var plan = Plan(Facts(InUse(1, held: 5, idle: 4), InUse(2, held: 1, idle: 4)), limits: Limits(max: 2));

        plan.Actions.OfType<PoolAction.UnassignAddresses>().Select(action => (action.Slot.Number, action.Count)).Should().Equal((2, 3), (1, 3));
    }

    [Fact]
    public void ENI_that_nobody_uses_goes_as_a_whole_when_all_of_it_is_excess()
    {
        var plan = Plan(Facts(InUse(1, held: 5), InUse(2, idle: 4)), limits: Limits(max: 0));

        plan.Actions.Should().ContainSingle().Which.Should().BeOfType<PoolAction.DetachEni>().Which.Slot.Should().Be(new EniSlot(2));
    }

    [Fact]
    public void Resting_addresses_do_not_count_towards_the_high_mark()
    {
        Plan(Facts(InUse(1, held: 5, idle: 3, resting: 20)), limits: Limits(perEni: 30, max: 3)).Actions.Should().BeEmpty();
    }

    [Fact]
    public void ENI_with_a_resting_address_is_not_detached()
    {
        var plan = Plan(Facts(InUse(1, held: 5), InUse(2, idle: 4, resting: 1)), limits: Limits(max: 0));

        plan.Actions.Should().NotContain(action => action is PoolAction.DetachEni);
    }

    [Fact]
    public void Nothing_is_trimmed_while_a_pod_waits()
    {
        var plan = Plan(Facts(InUse(1, held: 5), InUse(2, idle: 6) with { Busy = true }), Waiting(1), Limits(max: 0));

        plan.Actions.Should().NotContain(action => action is PoolAction.DetachEni || action is PoolAction.UnassignAddresses);
    }

    [Fact]
    public void Paused_action_is_not_planned_and_the_plan_looks_again_when_the_pause_ends()
    {
        var fault = new PoolFault { Code = "X", Operation = "o", Subject = "s", Reason = "r", Hint = "h", Owner = FaultOwner.Throttle, At = Now };
        var facts = Facts(InUse(1, held: 2)) with
        {
            Pauses = new Dictionary<ActionKind, Pause> { [ActionKind.Assign] = new(Now + TimeSpan.FromSeconds(7), fault) }.ToFrozenDictionary(),
        };

        var plan = Plan(facts, Waiting(1));

        plan.Actions.Should().BeEmpty();
        plan.NextLook.Should().Be(Now + TimeSpan.FromSeconds(7));
        plan.Hopeless(0, Now + TimeSpan.FromSeconds(30)).Should().BeNull();
        plan.Hopeless(0, Now + TimeSpan.FromSeconds(5))!.Fault.Should().Be(fault);
    }

    [Fact]
    public void Calls_are_never_more_than_allowed()
    {
        var enis = Enumerable.Range(1, 9).Select(slot => In(EniState.Preparing, slot)).ToArray();

        Plan(Facts(enis) with { Running = 3 }, limits: Limits(enis: 9, slots: 9)).Actions.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(EniState.Creating, typeof(PoolAction.ResolveCreate))]
    [InlineData(EniState.Available, typeof(PoolAction.AttachEni))]
    [InlineData(EniState.Attaching, typeof(PoolAction.DetachEni))]
    [InlineData(EniState.Preparing, typeof(PoolAction.PrepareEni))]
    [InlineData(EniState.Detaching, typeof(PoolAction.DetachEni))]
    [InlineData(EniState.Deleting, typeof(PoolAction.DeleteEni))]
    [InlineData(EniState.Lost, typeof(PoolAction.DescribeEnis))]
    internal void ENI_that_is_between_states_for_long_gets_its_next_step(EniState state, Type action) =>
        Plan(Facts(In(state))).Actions.Should().ContainSingle().Which.Should().BeOfType(action);

    [Fact]
    public void ENIs_on_their_way_are_looked_at_with_one_call()
    {
        var young = Now - TimeSpan.FromSeconds(5);

        var plan = Plan(Facts(In(EniState.Attaching, 1) with { Since = young }, In(EniState.Detaching, 2) with { Since = young }));

        plan.Actions.Should().ContainSingle().Which.Should().BeOfType<PoolAction.DescribeEnis>().Which.Slots.Should().Equal(new EniSlot(1), new EniSlot(2));
    }

    [Fact]
    public void Pod_beyond_all_limits_is_hopeless_and_the_one_before_it_is_not()
    {
        var plan = Plan(Facts(InUse(1, held: 8, resting: 1)), Waiting(5), Limits(enis: 1));

        plan.Hopeless(1, Now + TimeSpan.FromMinutes(1)).Should().BeNull("one rests and one can be assigned");
        plan.Hopeless(2, Now + TimeSpan.FromMinutes(1))!.Fault.Code.Should().Be(IpamErrorCode.PoolExhausted);
    }
}
