using Terway.Ipam.Planning;

namespace Terway.Ipam.Tests.Planning;

/// <summary>
/// What a plan must come to for ENIs that are all in use and at rest, said as plainly as possible: one address at a time, without a
/// thought for cost. It knows nothing of priorities, pauses or doubts, and shares no code with the planner.
/// </summary>
internal static class NaivePlanner
{
    /// <summary>How many addresses each ENI gets, how many ENIs are made, and how many ready addresses go.</summary>
    public static Outcome Plan(IReadOnlyList<EniFacts> enis, int waiting, PoolLimits limits)
    {
        var capacity = limits.Capacity!;
        var idle = enis.Sum(eni => eni.Idle);
        var resting = enis.Sum(eni => eni.Resting);
        var missing = 0;
        while (idle + missing < waiting || idle + missing - waiting + resting < limits.MinIdle)
            missing++;

        var given = new Dictionary<EniSlot, int>();
        var calls = limits.MaxParallelCalls;
        var left = missing;
        foreach (var eni in enis.OrderByDescending(eni => eni.Total).ThenBy(eni => eni.Slot.Number))
        {
            for (; calls > 0 && left > 0 && given.GetValueOrDefault(eni.Slot) < Math.Min(limits.BatchSize, capacity.AddressesPerEni - eni.Total); left--)
                given[eni.Slot] = given.GetValueOrDefault(eni.Slot) + 1;
            calls -= given.ContainsKey(eni.Slot) ? 1 : 0;
        }

        // What the ENIs have room for comes there, now or with the next call; only the rest needs another ENI.
        var room = enis.Sum(eni => Math.Max(0, capacity.AddressesPerEni - eni.Total)) - given.Values.Sum();
        var created = 0;
        for (left -= room; left > 0 && calls > 0 && created < limits.MaxParallelCreates && enis.Count + created < capacity.PoolEnis; left -= capacity.AddressesPerEni, calls--)
            created++;
        var excess = waiting == 0 && missing == 0 ? Math.Max(0, idle - limits.MaxIdle) : 0;
        return new Outcome(given, created, excess);
    }

    internal sealed record Outcome(IReadOnlyDictionary<EniSlot, int> Given, int Created, int Excess);
}
