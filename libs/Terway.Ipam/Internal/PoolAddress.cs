using System.Net;
using System.Net.Sockets;
using Terway.Ipam.States;

namespace Terway.Ipam.Internal;

/// <summary>One address of the pool. Its state is changed by <see cref="AddressBook"/> only.</summary>
internal sealed class PoolAddress
{
    public PoolAddress(IPAddress address, PoolEni eni, bool isPrimary)
    {
        Address = address;
        Eni = eni;
        IsPrimary = isPrimary;
        IdleNode = new LinkedListNode<PoolAddress>(this);
    }

    public IPAddress Address { get; }

    public bool IsIPv6 => Address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>The ENI's addresses of the same family.</summary>
    public AddressTally Tally => IsIPv6 ? Eni.V6 : Eni.V4;

    /// <summary>The address of the other family that the same lease holds; only on the one by which the lease is found.</summary>
    public PoolAddress? Partner { get; set; }

    public PoolEni Eni { get; }

    public bool IsPrimary { get; }

    public AddressState State { get; set; }

    /// <summary>When it entered its state.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>When the cloud last gave or showed it: the metadata service may lag behind that, however the address is used meanwhile.</summary>
    public DateTimeOffset ShownAt { get; set; }

    /// <summary>The lease while it is held, also while its release is being stored.</summary>
    public Lease? Lease { get; set; }

    public DateTimeOffset RestsUntil { get; set; }

    /// <summary>A release is being stored.</summary>
    public bool Releasing { get; set; }

    /// <summary>The store has a row that keeps it back, which a lease must remove.</summary>
    public bool HasRow { get; set; }

    /// <summary>The metadata service does not show it: not given out before the cloud confirms it.</summary>
    public bool Suspect { get; set; }

    /// <summary>A call to unassign it had an unknown outcome.</summary>
    public bool MayBeUnassigned { get; set; }

    /// <summary>Its place among its ENI's idle addresses.</summary>
    public LinkedListNode<PoolAddress> IdleNode { get; }
}
