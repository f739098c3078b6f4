namespace Terway.Ipam.States;

/// <summary>What happens to an address.</summary>
internal enum AddressEvent
{
    /// <summary>The cloud assigned it, or shows it assigned, and nothing says that it was used a moment ago.</summary>
    Assigned,

    /// <summary>The cloud shows it assigned, but when it was used last is not known.</summary>
    AssignedOfUnknownAge,

    /// <summary>The store or the kernel shows it held by a pod.</summary>
    FoundHeld,

    /// <summary>It was chosen for a request.</summary>
    Reserved,

    /// <summary>The store has the lease.</summary>
    Committed,

    /// <summary>The lease could not be stored: nobody saw the address.</summary>
    Undone,

    /// <summary>The store has the release.</summary>
    Released,

    /// <summary>Its rest is over.</summary>
    Rested,

    /// <summary>The pool gives it back to the vSwitch.</summary>
    UnassignRequested,

    /// <summary>The cloud certainly did not unassign it.</summary>
    UnassignRefused,

    /// <summary>The cloud no longer has it on the ENI.</summary>
    Vanished,

    /// <summary>The cloud has it on the ENI again.</summary>
    Reappeared,

    /// <summary>Its ENI leaves the instance, and it goes with it; a rest goes on wherever it shows up again.</summary>
    EniRetired,
}

/// <summary>The life of an address, as one table. A pair that is not here is a rejected event.</summary>
internal static class AddressTransitions
{
    public static AddressState? Next(AddressState state, AddressEvent e) => (state, e) switch
    {
        (AddressState.Absent, AddressEvent.Assigned) => AddressState.Idle,
        (AddressState.Absent, AddressEvent.AssignedOfUnknownAge) => AddressState.Resting,
        (AddressState.Absent, AddressEvent.FoundHeld) => AddressState.Leased,

        (AddressState.Idle, AddressEvent.Reserved) => AddressState.Reserved,
        (AddressState.Idle, AddressEvent.FoundHeld) => AddressState.Leased,
        (AddressState.Idle, AddressEvent.UnassignRequested) => AddressState.Unassigning,
        (AddressState.Idle, AddressEvent.Vanished) => AddressState.Absent,
        (AddressState.Idle, AddressEvent.EniRetired) => AddressState.Absent,

        (AddressState.Reserved, AddressEvent.Committed) => AddressState.Leased,
        (AddressState.Reserved, AddressEvent.Undone) => AddressState.Idle,

        (AddressState.Leased, AddressEvent.Released) => AddressState.Resting,
        (AddressState.Leased, AddressEvent.Vanished) => AddressState.Lost,

        (AddressState.Resting, AddressEvent.Rested) => AddressState.Idle,
        (AddressState.Resting, AddressEvent.FoundHeld) => AddressState.Leased,
        (AddressState.Resting, AddressEvent.Vanished) => AddressState.Absent,
        (AddressState.Resting, AddressEvent.EniRetired) => AddressState.Absent,

        (AddressState.Unassigning, AddressEvent.UnassignRefused) => AddressState.Idle,
        (AddressState.Unassigning, AddressEvent.Vanished) => AddressState.Absent,
        (AddressState.Unassigning, AddressEvent.EniRetired) => AddressState.Absent,

        (AddressState.Lost, AddressEvent.Reappeared) => AddressState.Leased,
        (AddressState.Lost, AddressEvent.Released) => AddressState.Absent,
        _ => null,
    };
}
