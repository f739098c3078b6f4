using System.Collections.Immutable;
using Terway.Cloud;

namespace Terway.Ipam.Planning;

/// <summary>One thing to do, and why.</summary>
/// <param name="Reason">Why, for logs and for people.</param>
internal abstract record PoolAction(string Reason)
{
    /// <summary>Reads the instance type's limits and the primary ENI's security groups.</summary>
    public sealed record ReadNode(string Reason) : PoolAction(Reason);

    /// <summary>Reads the vSwitches' free addresses.</summary>
    public sealed record ReadVSwitches(string Reason) : PoolAction(Reason);

    /// <summary>Lists all ENIs of this node and compares.</summary>
    public sealed record Sweep(string Reason) : PoolAction(Reason);

    /// <summary>Compares the metadata service with the pool.</summary>
    public sealed record SyncMetadata(string Reason) : PoolAction(Reason);

    /// <summary>Creates an ENI with so many IPv4 addresses.</summary>
    public sealed record CreateEni(VSwitchId VSwitch, int Addresses, string Reason) : PoolAction(Reason)
    {
        /// <summary>And so many IPv6 addresses.</summary>
        public int Ipv6 { get; init; }
    }

    /// <summary>Finds out what became of a create call.</summary>
    public sealed record ResolveCreate(EniSlot Slot, string Reason) : PoolAction(Reason);

    /// <summary>Attaches an ENI.</summary>
    public sealed record AttachEni(EniSlot Slot, string Reason) : PoolAction(Reason);

    /// <summary>Has the node make an ENI's link ready.</summary>
    public sealed record PrepareEni(EniSlot Slot, string Reason) : PoolAction(Reason);

    /// <summary>Adds what so many more requests need to an ENI.</summary>
    public sealed record AssignAddresses(EniSlot Slot, int Count, string Reason) : PoolAction(Reason)
    {
        /// <summary>The IPv4 addresses of it.</summary>
        public int Ipv4 { get; init; } = Count;

        /// <summary>The IPv6 addresses of it.</summary>
        public int Ipv6 { get; init; }
    }

    /// <summary>Takes idle addresses from an ENI; zero only repeats what was begun.</summary>
    public sealed record UnassignAddresses(EniSlot Slot, int Count, string Reason) : PoolAction(Reason)
    {
        /// <summary>The IPv4 addresses to take.</summary>
        public int Ipv4 { get; init; } = Count;

        /// <summary>The IPv6 addresses to take.</summary>
        public int Ipv6 { get; init; }
    }

    /// <summary>Detaches an ENI that nobody uses.</summary>
    public sealed record DetachEni(EniSlot Slot, string Reason) : PoolAction(Reason);

    /// <summary>Deletes an ENI.</summary>
    public sealed record DeleteEni(EniSlot Slot, string Reason) : PoolAction(Reason);

    /// <summary>Asks the cloud about ENIs: those on their way, and those that the pool doubts.</summary>
    public sealed record DescribeEnis(ImmutableArray<EniSlot> Slots, string Reason) : PoolAction(Reason);
}
