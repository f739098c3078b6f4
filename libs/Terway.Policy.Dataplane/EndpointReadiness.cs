namespace Terway.Policy.Dataplane;

/// <summary>How a pod stands with policy.</summary>
public enum EndpointReadiness
{
    /// <summary>Its policies are in the kernel: its first packet gets the right verdict.</summary>
    Ready,

    /// <summary>The kernel refused a part of what governs it, so that it is closed where that part would have decided.</summary>
    Closed,

    /// <summary>Its policies were not in the kernel in time. Until they are, it is denied everything.</summary>
    TimedOut,
}
