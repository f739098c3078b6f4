namespace Terway.Cni.Daemon;

/// <summary>
/// The stable name of a failure. The same name reaches the CNI result, the log and the metric.
/// The set is open: a code that this version does not know is passed on as it came.
/// </summary>
/// <param name="Value">The name.</param>
public readonly record struct ErrorCode(string Value)
{
    /// <summary>The client speaks a version of the contract that the daemon does not.</summary>
    public static ErrorCode IncompatibleVersion => new("IncompatibleVersion");

    /// <summary>The request lacks something or contradicts itself.</summary>
    public static ErrorCode InvalidRequest => new("InvalidRequest");

    /// <summary>Another request for the same pod is being worked on.</summary>
    public static ErrorCode PodIsProcessing => new("PodIsProcessing");

    /// <summary>The pod is not known, or is not this node's.</summary>
    public static ErrorCode PodNotFound => new("PodNotFound");

    /// <summary>The instance's limit of addresses is reached: no address is free and none can be made.</summary>
    public static ErrorCode PoolExhausted => new("PoolExhausted");

    /// <summary>No vSwitch of the node has a free address.</summary>
    public static ErrorCode VSwitchExhausted => new("VSwitchExhausted");

    /// <summary>No address became ready in time; the cloud is still at it.</summary>
    public static ErrorCode AddressNotReady => new("AddressNotReady");

    /// <summary>The pod's network policy is not in the kernel in time; the pod would be closed.</summary>
    public static ErrorCode PolicyNotReady => new("PolicyNotReady");

    /// <summary>The ENI's link is not in this node's kernel.</summary>
    public static ErrorCode EniNotFound => new("EniNotFound");

    /// <summary>The address is in use by something that the pool did not give it to.</summary>
    public static ErrorCode AddressTaken => new("AddressTaken");

    /// <summary>The cloud does not answer.</summary>
    public static ErrorCode CloudUnavailable => new("CloudUnavailable");

    /// <summary>The cloud's API quota is used up for now.</summary>
    public static ErrorCode CloudThrottled => new("CloudThrottled");

    /// <summary>The cloud refused: a permission, a quota, a setting.</summary>
    public static ErrorCode CloudRefused => new("CloudRefused");

    /// <summary>The daemon's store can not be read or written.</summary>
    public static ErrorCode StoreFailed => new("StoreFailed");

    /// <summary>The kernel refused a change.</summary>
    public static ErrorCode KernelRefused => new("KernelRefused");

    /// <summary>The daemon is starting and has no complete picture yet.</summary>
    public static ErrorCode Starting => new("Starting");

    /// <summary>The daemon is shutting down.</summary>
    public static ErrorCode Stopping => new("Stopping");

    /// <summary>The daemon works on as many requests as it may.</summary>
    public static ErrorCode Overloaded => new("Overloaded");

    /// <summary>The daemon did not finish the request in time.</summary>
    public static ErrorCode TimedOut => new("TimedOut");

    /// <summary>The client closed its connection before its answer was ready; what was done for it is undone.</summary>
    public static ErrorCode ClientGone => new("ClientGone");

    /// <summary>A defect of the daemon.</summary>
    public static ErrorCode Internal => new("Internal");

    /// <summary>Nobody listens on the socket.</summary>
    public static ErrorCode DaemonUnavailable => new("DaemonUnavailable");

    /// <summary>The daemon was reached and did not answer in time.</summary>
    public static ErrorCode DaemonTimeout => new("DaemonTimeout");

    /// <summary>What answered does not speak the contract: garbage, a partial frame, a frame that is too long.</summary>
    public static ErrorCode DaemonProtocol => new("DaemonProtocol");

    /// <summary>The socket belongs to a user that it should not belong to.</summary>
    public static ErrorCode DaemonUntrusted => new("DaemonUntrusted");

    /// <summary>True for the codes that a client gives when it got no answer that can be relied on.</summary>
    public bool IsUnreachable => this == DaemonUnavailable || this == DaemonTimeout || this == DaemonProtocol || this == DaemonUntrusted;

    /// <summary>True when asking again without changing anything makes no sense.</summary>
    public bool IsPermanent =>
        this == IncompatibleVersion || this == InvalidRequest || this == CloudRefused || this == DaemonUntrusted || this == Internal;

    /// <summary>The name.</summary>
    public override string ToString() => Value;
}
