namespace Terway.Cloud.Testing.Internal;

/// <summary>Which time-outs of tracked connections the cloud takes, and what it takes when none is given.</summary>
internal static class TrackingRules
{
    private static readonly int[] Established = [30, 60, 80, 100, 200, 300, 500, 700, 910];
    private static readonly int[] Udp = [10, 20, 30, 60, 80, 100];

    internal static EniConnectionTracking Default { get; } = new()
    {
        TcpEstablishedTimeout = TimeSpan.FromSeconds(910),
        TcpClosedAndTimeWaitTimeout = TimeSpan.FromSeconds(3),
        UdpTimeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>The time-outs after a change; what the change leaves out stays.</summary>
    internal static EniConnectionTracking Changed(EniConnectionTracking now, EniConnectionTracking? change)
    {
        if (change is null)
            return now;
        if (!IsOneOf(change.TcpEstablishedTimeout, Established) || !IsOneOf(change.UdpTimeout, Udp)
            || change.TcpClosedAndTimeWaitTimeout is { TotalSeconds: < 3 or > 15 })
            throw new Refusal(400, "InvalidParameter.EniConnectionTrackingConfiguration", "A time-out of the connection tracking is not one that the cloud takes.");
        return new EniConnectionTracking
        {
            TcpEstablishedTimeout = change.TcpEstablishedTimeout ?? now.TcpEstablishedTimeout,
            TcpClosedAndTimeWaitTimeout = change.TcpClosedAndTimeWaitTimeout ?? now.TcpClosedAndTimeWaitTimeout,
            UdpTimeout = change.UdpTimeout ?? now.UdpTimeout,
        };
    }

    private static bool IsOneOf(TimeSpan? time, int[] seconds) => time is null || seconds.Contains((int)time.Value.TotalSeconds);
}
