using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using Terway.Cloud;
using Terway.Ipam.States;

namespace Terway.Ipam;

/// <summary>The pool at one moment: for <c>show</c>, and for people.</summary>
public sealed record PoolSnapshot
{
    /// <summary>When the snapshot was taken (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>True once store, metadata and kernel are one picture.</summary>
    public required bool Recovered { get; init; }

    /// <summary>False while an ENI of this node may exist that the pool does not know: after the loss of the store, until the cloud was asked.</summary>
    public required bool KnowsAllEnis { get; init; }

    /// <summary>Every ENI that the pool manages, in the order of their creation.</summary>
    public required ImmutableArray<EniView> Enis { get; init; }

    /// <summary>Every lease, in the order of their pods.</summary>
    public required ImmutableArray<Lease> Leases { get; init; }

    /// <summary>The requests that wait, first come first.</summary>
    public required ImmutableArray<WaiterView> Waiting { get; init; }

    /// <summary>The pool's vSwitches.</summary>
    public required ImmutableArray<VSwitchView> VSwitches { get; init; }

    /// <summary>The last fault of each operation that has not succeeded since.</summary>
    public required ImmutableArray<PoolFault> Faults { get; init; }

    /// <summary>What the pool is doing or would do, with its reasons.</summary>
    public required ImmutableArray<string> Plan { get; init; }

    /// <summary>The most ENIs that the pool may have; null until the instance type's limits are known.</summary>
    public required int? MaxEnis { get; init; }

    /// <summary>The most addresses that one ENI may have; null until the instance type's limits are known.</summary>
    public required int? AddressesPerEni { get; init; }

    /// <summary>Attached ENIs of other owners: they take a slot of the instance and are otherwise left alone.</summary>
    public required ImmutableArray<EniId> ForeignEnis { get; init; }
}

/// <summary>One ENI of a <see cref="PoolSnapshot"/>.</summary>
public sealed record EniView
{
    /// <summary>The ENI's id; null while its creation is under way.</summary>
    public required EniId? Id { get; init; }

    /// <summary>The ENI's state.</summary>
    public required EniState State { get; init; }

    /// <summary>Since when it is in this state (UTC).</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The MAC address, once known.</summary>
    public required PhysicalAddress? Mac { get; init; }

    /// <summary>The vSwitch of its addresses.</summary>
    public required VSwitchId VSwitch { get; init; }

    /// <summary>The vSwitch's IPv4 prefix, once known.</summary>
    public required IPNetwork? Subnet { get; init; }

    /// <summary>The vSwitch's IPv6 prefix, when it has one and it is known.</summary>
    public required IPNetwork? Subnet6 { get; init; }

    /// <summary>The addresses, the primary one first.</summary>
    public required ImmutableArray<AddressView> Addresses { get; init; }
}

/// <summary>One address of a <see cref="PoolSnapshot"/>.</summary>
public sealed record AddressView
{
    /// <summary>The address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The address's state.</summary>
    public required AddressState State { get; init; }

    /// <summary>True for the ENI's primary address, which is never unassigned by itself.</summary>
    public required bool IsPrimary { get; init; }

    /// <summary>The pod that holds it.</summary>
    public required PodKey? Pod { get; init; }

    /// <summary>Until when a released address rests (UTC).</summary>
    public required DateTimeOffset? RestsUntil { get; init; }
}

/// <summary>One waiting request of a <see cref="PoolSnapshot"/>.</summary>
/// <param name="Attachment">Who waits.</param>
/// <param name="Pod">The pod it waits for.</param>
/// <param name="Since">Since when (UTC).</param>
/// <param name="Deadline">Until when at most (UTC).</param>
/// <param name="Families">What it waits for: all of them come together.</param>
/// <param name="Lacks">Those of the families that no ENI has ready; none when it is the pair on one ENI that is missing.</param>
public sealed record WaiterView(
    AttachmentKey Attachment, PodKey Pod, DateTimeOffset Since, DateTimeOffset Deadline, AddressFamilies Families, AddressFamilies Lacks);

/// <summary>One vSwitch of a <see cref="PoolSnapshot"/>.</summary>
/// <param name="Id">The vSwitch.</param>
/// <param name="Available">Free addresses as last read, less what the pool took since; null when not read yet.</param>
/// <param name="SetAsideUntil">Until when the pool does not use it (UTC), when the cloud said that it is full.</param>
public sealed record VSwitchView(VSwitchId Id, long? Available, DateTimeOffset? SetAsideUntil);
