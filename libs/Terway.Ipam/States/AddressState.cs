namespace Terway.Ipam.States;

/// <summary>The states of an address on an ENI that the pool manages.</summary>
public enum AddressState
{
    /// <summary>Not assigned to the ENI as far as the pool knows.</summary>
    Absent,

    /// <summary>Assigned and held by nobody.</summary>
    Idle,

    /// <summary>Chosen for a request; the store does not have the lease yet.</summary>
    Reserved,

    /// <summary>Held by a pod, and in the store.</summary>
    Leased,

    /// <summary>Released, and not to be given out before its rest is over.</summary>
    Resting,

    /// <summary>The cloud was asked to unassign it, or will be; it is never leased again before it is known to be assigned.</summary>
    Unassigning,

    /// <summary>Held by a pod but no longer assigned in the cloud; reported, and never given to another pod.</summary>
    Lost,
}
