namespace Terway.Ipam.States;

/// <summary>What happens to an ENI.</summary>
internal enum EniEvent
{
    /// <summary>The intent to create it is about to be stored.</summary>
    CreateRequested,

    /// <summary>The cloud created it, or says that it had done so.</summary>
    Created,

    /// <summary>It is certain that it does not exist.</summary>
    NotCreated,

    /// <summary>The cloud shows it attached to nothing.</summary>
    FoundFree,

    /// <summary>The cloud shows it on its way to this instance.</summary>
    FoundAttaching,

    /// <summary>The cloud shows it attached to this instance.</summary>
    FoundAttached,

    /// <summary>The cloud shows it on its way from the instance.</summary>
    FoundDetaching,

    /// <summary>The cloud shows it being deleted.</summary>
    FoundDeleting,

    /// <summary>The pool asks for it to be attached.</summary>
    AttachRequested,

    /// <summary>The node has its link ready.</summary>
    Prepared,

    /// <summary>The pool asks for it to be detached.</summary>
    DetachRequested,

    /// <summary>The cloud refuses to detach it: it is taken back into use.</summary>
    DetachAbandoned,

    /// <summary>The pool asks for it to be deleted.</summary>
    DeleteRequested,

    /// <summary>It left this instance and no pod holds an address of it.</summary>
    Gone,

    /// <summary>It left this instance under pods that hold addresses of it.</summary>
    LostUnderPods,
}

/// <summary>The life of an ENI, as one table. A pair that is not here is a rejected event.</summary>
internal static class EniTransitions
{
    public static EniState? Next(EniState state, EniEvent e) => (state, e) switch
    {
        (EniState.Absent, EniEvent.CreateRequested) => EniState.Creating,
        (EniState.Absent, EniEvent.FoundFree) => EniState.Available,
        (EniState.Absent, EniEvent.FoundAttaching) => EniState.Attaching,
        (EniState.Absent, EniEvent.FoundAttached) => EniState.Preparing,
        (EniState.Absent, EniEvent.FoundDetaching) => EniState.Detaching,
        (EniState.Absent, EniEvent.FoundDeleting) => EniState.Deleting,
        (EniState.Absent, EniEvent.LostUnderPods) => EniState.Lost,

        (EniState.Creating, EniEvent.Created) => EniState.Available,
        (EniState.Creating, EniEvent.NotCreated) => EniState.Absent,
        (EniState.Creating, EniEvent.FoundFree) => EniState.Available,
        (EniState.Creating, EniEvent.FoundAttaching) => EniState.Attaching,
        (EniState.Creating, EniEvent.FoundAttached) => EniState.Preparing,
        (EniState.Creating, EniEvent.FoundDetaching) => EniState.Detaching,
        (EniState.Creating, EniEvent.FoundDeleting) => EniState.Deleting,

        (EniState.Available, EniEvent.AttachRequested) => EniState.Attaching,
        (EniState.Available, EniEvent.DeleteRequested) => EniState.Deleting,
        (EniState.Available, EniEvent.FoundAttaching) => EniState.Attaching,
        (EniState.Available, EniEvent.FoundAttached) => EniState.Preparing,
        (EniState.Available, EniEvent.FoundDeleting) => EniState.Deleting,
        (EniState.Available, EniEvent.Gone) => EniState.Absent,
        (EniState.Available, EniEvent.LostUnderPods) => EniState.Lost,

        (EniState.Attaching, EniEvent.FoundAttached) => EniState.Preparing,
        (EniState.Attaching, EniEvent.FoundFree) => EniState.Available,
        (EniState.Attaching, EniEvent.FoundDetaching) => EniState.Detaching,
        (EniState.Attaching, EniEvent.DetachRequested) => EniState.Detaching,
        (EniState.Attaching, EniEvent.Gone) => EniState.Absent,
        (EniState.Attaching, EniEvent.LostUnderPods) => EniState.Lost,

        (EniState.Preparing, EniEvent.Prepared) => EniState.InUse,
        (EniState.Preparing, EniEvent.DetachRequested) => EniState.Detaching,
        (EniState.Preparing, EniEvent.FoundFree) => EniState.Available,
        (EniState.Preparing, EniEvent.FoundDetaching) => EniState.Detaching,
        (EniState.Preparing, EniEvent.Gone) => EniState.Absent,
        (EniState.Preparing, EniEvent.LostUnderPods) => EniState.Lost,

        (EniState.InUse, EniEvent.DetachRequested) => EniState.Detaching,
        (EniState.InUse, EniEvent.FoundFree) => EniState.Available,
        (EniState.InUse, EniEvent.FoundDetaching) => EniState.Detaching,
        (EniState.InUse, EniEvent.Gone) => EniState.Absent,
        (EniState.InUse, EniEvent.LostUnderPods) => EniState.Lost,

        (EniState.Detaching, EniEvent.FoundFree) => EniState.Available,
        (EniState.Detaching, EniEvent.FoundDeleting) => EniState.Deleting,
        (EniState.Detaching, EniEvent.DetachAbandoned) => EniState.Preparing,
        (EniState.Detaching, EniEvent.Gone) => EniState.Absent,
        (EniState.Detaching, EniEvent.LostUnderPods) => EniState.Lost,

        (EniState.Deleting, EniEvent.Gone) => EniState.Absent,
        (EniState.Deleting, EniEvent.FoundFree) => EniState.Available,
        (EniState.Deleting, EniEvent.FoundAttaching) => EniState.Attaching,
        (EniState.Deleting, EniEvent.FoundAttached) => EniState.Preparing,
        (EniState.Deleting, EniEvent.FoundDetaching) => EniState.Detaching,

        (EniState.Lost, EniEvent.FoundAttached) => EniState.Preparing,
        (EniState.Lost, EniEvent.FoundDetaching) => EniState.Detaching,
        (EniState.Lost, EniEvent.FoundFree) => EniState.Available,
        (EniState.Lost, EniEvent.Gone) => EniState.Absent,
        _ => null,
    };
}
