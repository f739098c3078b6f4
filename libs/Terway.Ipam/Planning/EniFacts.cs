using Terway.Cloud;
using Terway.Ipam.States;

namespace Terway.Ipam.Planning;

/// <summary>One ENI as the planner sees it: counts, never lists, so that planning does not grow with the pods.</summary>
internal sealed record EniFacts
{
    public required EniSlot Slot { get; init; }

    public required EniState State { get; init; }

    public required VSwitchId VSwitch { get; init; }

    /// <summary>Since when it is in its state.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>An action on it is under way.</summary>
    public bool Busy { get; init; }

    /// <summary>It will be given back.</summary>
    public bool Retiring { get; init; }

    /// <summary>It was found free in the cloud, left over from an earlier run.</summary>
    public bool Leftover { get; init; }

    /// <summary>An operator's tag says that the pool is to leave it as it is.</summary>
    public bool Excluded { get; init; }

    /// <summary>It takes a slot of the instance, or will.</summary>
    public bool TakesSlot { get; init; } = true;

    /// <summary>What the pool believes of it is in doubt.</summary>
    public bool InDoubt { get; init; }

    /// <summary>The last request about it certainly did nothing, and must be sent again.</summary>
    public bool Resend { get; init; }

    /// <summary>No action on it before this time.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>When to ask the cloud about it, in a transitional state.</summary>
    public DateTimeOffset NextLook { get; init; }

    /// <summary>IPv4 addresses assigned to it as far as known, in any state.</summary>
    public int Total { get; init; }

    /// <summary>IPv6 addresses assigned to it as far as known; 0 where leases have none.</summary>
    public int Total6 { get; init; }

    /// <summary>Free IPv4 addresses that have no IPv6 address to go with.</summary>
    public int Surplus { get; init; }

    /// <summary>Free IPv6 addresses that have no IPv4 address to go with.</summary>
    public int Surplus6 { get; init; }

    /// <summary>Addresses that an action under way asks for.</summary>
    public int Arriving { get; init; }

    /// <summary>Addresses that nobody holds and that need no rest.</summary>
    public int Idle { get; init; }

    /// <summary>Of the idle ones, those that can be unassigned: not the primary one.</summary>
    public int Trimmable { get; init; }

    /// <summary>Of <see cref="Surplus"/>, those that can be unassigned.</summary>
    public int TrimmableSurplus { get; init; }

    /// <summary>Of <see cref="Surplus6"/>, those that can be unassigned.</summary>
    public int TrimmableSurplus6 { get; init; }

    public int Resting { get; init; }

    /// <summary>Any address of it rests.</summary>
    public bool Rests { get; init; }

    /// <summary>Addresses that a pod holds or is about to hold, lost ones included.</summary>
    public int Held { get; init; }

    public int Unassigning { get; init; }

    /// <summary>It brings, or will bring, addresses to the pool.</summary>
    public bool Serves => !Retiring && !Excluded && State switch
    {
        EniState.Creating or EniState.Attaching or EniState.Preparing or EniState.InUse => true,
        EniState.Available => !Leftover,
        _ => false,
    };

    /// <summary>It goes, and its slot and addresses will be free.</summary>
    public bool Leaves => !Serves && !Excluded && State != EniState.Lost && TakesSlot;

    /// <summary>It waits for someone to want it, or for its deletion.</summary>
    public bool IsIdleLeftover => State == EniState.Available && Leftover && !Retiring && !Excluded;

    /// <summary>Nobody uses an address of it, and none rests.</summary>
    public bool IsEmpty => Held == 0 && Resting == 0 && !Rests;
}
