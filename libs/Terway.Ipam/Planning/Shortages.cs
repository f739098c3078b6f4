using Terway.Ipam.States;

namespace Terway.Ipam.Planning;

/// <summary>The words for what stops growth: which limit, its value, and how to raise it.</summary>
internal static class Shortages
{
    public static Shortage Node(PoolFacts facts, InstanceCapacity capacity, DateTimeOffset now)
    {
        var enis = capacity.EnisBeside(facts.ForeignEnis);
        var held = facts.Enis.Sum(eni => eni.Held);
        var resting = facts.Enis.Sum(eni => eni.Resting);
        var foreign = facts.ForeignEnis > 0 ? $" ({facts.ForeignEnis} of its {capacity.InstanceSlots} slots hold ENIs of others)" : "";
        var configured = capacity.PoolEnis < capacity.InstanceSlots;
        return new Shortage(new PoolFault
        {
            Code = IpamErrorCode.PoolExhausted,
            Operation = "grow",
            Subject = "the pool",
            Reason = $"the node's limit of {enis * capacity.AddressesPerEni} pod addresses is reached: {enis} ENIs with {capacity.AddressesPerEni} {(capacity.IsDual ? "pairs of IPv4 and IPv6 addresses" : "addresses")} each{foreign}; {held} are held by pods, {resting} rest after a release",
            Hint = configured
                ? $"Raise max_eni, eni_cap_ratio or eni_cap_shift (the configuration allows {capacity.PoolEnis} of {capacity.InstanceSlots} ENIs), or run fewer pods on this node."
                : $"Use a larger instance type than {capacity.InstanceType}, or run fewer pods on this node.",
            Owner = FaultOwner.NodeLimit,
            At = now,
        }, null);
    }

    public static Shortage VSwitches(PoolFacts facts, InstanceCapacity capacity, DateTimeOffset now)
    {
        var names = string.Join(", ", facts.VSwitches.Select(v => v.Id.Value));
        var until = facts.VSwitches.Min(v => v.UnusableUntil(facts.VSwitchesStaleAt, now));
        return new Shortage(new PoolFault
        {
            Code = IpamErrorCode.VSwitchExhausted,
            Operation = "grow",
            Subject = names.Length == 0 ? "no vSwitch" : names,
            Reason = facts.VSwitches.IsEmpty ? "no vSwitch of the node's zone is configured" : $"no vSwitch of the pool has {(capacity.IsDual ? "IPv6 and " : "")}a free address: {names}",
            Hint = capacity.IsDual
                ? "Add a vSwitch of the node's zone with IPv6 to the configuration (vswitches), turn IPv6 on for those that it names, or free addresses in them."
                : "Add a vSwitch of the node's zone to the configuration (vswitches), or free addresses in those that it names.",
            Owner = FaultOwner.VSwitch,
            At = now,
        }, until);
    }
}
