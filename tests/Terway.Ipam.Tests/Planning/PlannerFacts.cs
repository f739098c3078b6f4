using Terway.Cloud;
using Terway.Ipam.Planning;
using Terway.Ipam.States;

namespace Terway.Ipam.Tests.Planning;

/// <summary>Short words for the planner's facts.</summary>
internal static class PlannerFacts
{
    public static readonly DateTimeOffset Now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly VSwitchId V1 = new("vsw-1");
    public static readonly VSwitchId V2 = new("vsw-2");

    public static PoolLimits Limits(int enis = 3, int perEni = 10, int min = 0, int max = 5, int slots = 3) => new()
    {
        Capacity = new InstanceCapacity(new InstanceTypeId("ecs.test"), slots, enis, perEni),
        MinIdle = min,
        MaxIdle = max,
        BatchSize = 10,
        BatchDelay = TimeSpan.FromMilliseconds(100),
        MaxParallelCalls = 5,
        MaxParallelCreates = 3,
        TransitionTimeout = TimeSpan.FromMinutes(2),
        Selection = EniSelection.MostIps,
        VSwitchSelection = VSwitchSelection.Ordered,
    };

    public static EniFacts InUse(int slot, int held = 0, int idle = 0, int resting = 0, int unassigning = 0) => new()
    {
        Slot = new EniSlot(slot),
        State = EniState.InUse,
        VSwitch = V1,
        Since = Now - TimeSpan.FromHours(1),
        Total = held + idle + resting + unassigning,
        Held = held,
        Idle = idle,
        Trimmable = Math.Max(0, idle - 1),
        Resting = resting,
        Unassigning = unassigning,
    };

    public static EniFacts In(EniState state, int slot = 1) => InUse(slot) with { State = state };

    public static PoolFacts Facts(params EniFacts[] enis) => new()
    {
        Enis = [.. enis],
        VSwitches = [new VSwitchFacts(V1, 100, null), new VSwitchFacts(V2, 100, null)],
        VSwitchesStaleAt = Now + TimeSpan.FromMinutes(10),
        SweepDue = Now + TimeSpan.FromHours(1),
        MetadataDue = Now + TimeSpan.FromMinutes(1),
    };

    public static PoolDemand Waiting(int count) => new(count, count == 0 ? null : Now - TimeSpan.FromSeconds(1));

    public static PoolPlan Plan(PoolFacts facts, PoolDemand? demand = null, PoolLimits? limits = null) =>
        PoolPlanner.Plan(facts, demand ?? PoolDemand.None, limits ?? Limits(), Now);
}
