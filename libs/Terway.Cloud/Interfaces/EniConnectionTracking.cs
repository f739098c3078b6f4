namespace Terway.Cloud;

/// <summary>How long the cloud remembers idle connections of an ENI; null leaves the cloud's default.</summary>
/// <remarks>Source: <c>ConnectionTrackingConfiguration</c> of CreateNetworkInterface. Sent in whole seconds.</remarks>
public sealed record EniConnectionTracking
{
    /// <summary>Established TCP connections: 30, 60, 80, 100, 200, 300, 500, 700 or 910 seconds; the cloud's default is 910.</summary>
    public TimeSpan? TcpEstablishedTimeout { get; init; }

    /// <summary>TCP connections that are closed or in time-wait: 3 to 15 seconds; the cloud's default is 3.</summary>
    public TimeSpan? TcpClosedAndTimeWaitTimeout { get; init; }

    /// <summary>UDP flows: 10, 20, 30, 60, 80 or 100 seconds; the cloud's default is 30.</summary>
    public TimeSpan? UdpTimeout { get; init; }
}
