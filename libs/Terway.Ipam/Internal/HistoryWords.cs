using Terway.Ipam.States;

namespace Terway.Ipam.Internal;

/// <summary>What a history says of each event; null where another entry says more.</summary>
internal static class HistoryWords
{
    public static string? Of(AddressEvent e) => e switch
    {
        AddressEvent.Assigned => "is on the ENI",
        AddressEvent.AssignedOfUnknownAge => "is on the ENI, and rests because its past is not known",
        AddressEvent.Released => "was released, and rests",
        AddressEvent.Rested => "has rested",
        AddressEvent.Undone => "was not leased: the store refused",
        AddressEvent.UnassignRequested => "is being given back",
        AddressEvent.UnassignRefused => "was not given back",
        AddressEvent.Vanished => "is no longer on the ENI",
        AddressEvent.Reappeared => "is on the ENI again",
        AddressEvent.EniRetired => "leaves with its ENI",
        _ => null,
    };

    public static string Of(EniEvent e) => e switch
    {
        EniEvent.CreateRequested => "is to be created",
        EniEvent.Created => "was created",
        EniEvent.NotCreated => "was not created",
        EniEvent.FoundFree => "is attached to nothing",
        EniEvent.FoundAttaching => "is being attached",
        EniEvent.FoundAttached => "is attached",
        EniEvent.FoundDetaching => "is being detached",
        EniEvent.FoundDeleting => "is being deleted",
        EniEvent.AttachRequested => "is to be attached",
        EniEvent.Prepared => "is ready: the node has its link",
        EniEvent.DetachRequested => "is to be detached",
        EniEvent.DetachAbandoned => "stays: it could not be detached",
        EniEvent.DeleteRequested => "is to be deleted",
        EniEvent.Gone => "is gone",
        _ => "left this instance under its pods",
    };
}
