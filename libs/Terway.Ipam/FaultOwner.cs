namespace Terway.Ipam;

/// <summary>Who can do something about a failure.</summary>
public enum FaultOwner
{
    /// <summary>The request itself was wrong.</summary>
    Caller,

    /// <summary>A limit of the node: instance type, <c>max_eni</c>, or addresses in use.</summary>
    NodeLimit,

    /// <summary>A quota of the account or the instance in the cloud.</summary>
    Quota,

    /// <summary>The vSwitches have no free address.</summary>
    VSwitch,

    /// <summary>The credentials lack a permission.</summary>
    Permission,

    /// <summary>The cloud refuses calls because there are too many.</summary>
    Throttle,

    /// <summary>The cloud failed or cannot be reached.</summary>
    CloudFault,

    /// <summary>The pool's configuration: a vSwitch, a security group, a tag.</summary>
    Configuration,

    /// <summary>The lease store on this node.</summary>
    Store,

    /// <summary>The node itself: its links, its clock, its shutdown.</summary>
    Node,
}
