namespace Terway.Ipam.States;

/// <summary>The states of an ENI that the pool manages.</summary>
public enum EniState
{
    /// <summary>The pool does not know it, or knows it no more.</summary>
    Absent,

    /// <summary>The intent to create it is in the store; the outcome is not known yet.</summary>
    Creating,

    /// <summary>It exists and is attached to nothing.</summary>
    Available,

    /// <summary>The cloud was asked to attach it.</summary>
    Attaching,

    /// <summary>It is attached, and the node makes its link ready.</summary>
    Preparing,

    /// <summary>Its addresses can be leased.</summary>
    InUse,

    /// <summary>The cloud was asked to detach it.</summary>
    Detaching,

    /// <summary>The cloud was asked to delete it.</summary>
    Deleting,

    /// <summary>It is no longer attached to this instance, but pods still hold its addresses.</summary>
    Lost,
}
