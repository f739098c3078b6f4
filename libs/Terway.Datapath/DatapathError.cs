namespace Terway.Datapath;

/// <summary>Why the datapath failed.</summary>
public enum DatapathError
{
    /// <summary>The kernel refused a request; the inner exception has its number and text.</summary>
    KernelRefused,

    /// <summary>The pod's namespace has an interface of the wanted name that is not this pod's.</summary>
    InterfaceNameTaken,

    /// <summary>A link of the node has the name of the pod's host end and is no veth.</summary>
    HostLinkForeign,

    /// <summary>The node itself has the pod's address: packets for the pod would never leave the node's own sockets.</summary>
    AddressTaken,

    /// <summary>No link has the ENI's MAC address, and none appeared in time.</summary>
    EniNotFound,

    /// <summary>The node has no default route, or no address on the link that carries it.</summary>
    NodeAddressNotFound,
}
