using static Terway.Netlink.NetlinkConstants;
using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>Listens to changes of one network namespace: <c>ip monitor</c>.</summary>
/// <remarks>
/// The kernel keeps changes in a buffer of bounded size and drops what does not fit when the reader is slow. That is not an error
/// here: what is left of the buffer is thrown away, for it is older than what was lost, and a <see cref="NetworkResync"/> is reported.
/// For one reader at a time.
/// </remarks>
public sealed class NetworkMonitor : IDisposable
{
    private readonly NotificationSocket _socket;

    private NetworkMonitor(NotificationSocket socket) => _socket = socket;

    /// <summary>Starts listening in the namespace of the calling thread.</summary>
    /// <param name="kinds">What to listen to.</param>
    /// <param name="bufferSize">The size of the kernel's buffer in bytes, of which a change takes about 1 KiB; null keeps the system's default.</param>
    /// <returns>The monitor. What changes from now on is reported.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static NetworkMonitor Open(NetworkChangeKinds kinds, int? bufferSize = null) =>
        new(NotificationSocket.Open(NETLINK_ROUTE, GroupsOf(kinds), bufferSize));

    /// <summary>Starts listening in a namespace.</summary>
    /// <param name="target">The namespace.</param>
    /// <param name="kinds">What to listen to.</param>
    /// <param name="bufferSize">The size of the kernel's buffer in bytes; null keeps the system's default.</param>
    /// <returns>The monitor. What changes from now on is reported.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static NetworkMonitor Open(NetworkNamespace target, NetworkChangeKinds kinds, int? bufferSize = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.Run(() => Open(kinds, bufferSize));
    }

    /// <summary>The changes as they happen, without end; a <see cref="NetworkResync"/> first.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The changes.</returns>
    public IAsyncEnumerable<NetworkChange> ReadAllAsync(CancellationToken cancellationToken = default) =>
        _socket.ReadAllAsync(ChangeReader.Read, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static IEnumerable<uint> GroupsOf(NetworkChangeKinds kinds)
    {
        (NetworkChangeKinds Kind, uint[] Groups)[] all =
        [
            (NetworkChangeKinds.Links, [RTNLGRP_LINK]),
            (NetworkChangeKinds.Addresses, [RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR]),
            (NetworkChangeKinds.Routes, [RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE]),
            (NetworkChangeKinds.Rules, [RTNLGRP_IPV4_RULE, RTNLGRP_IPV6_RULE]),
            (NetworkChangeKinds.Neighbours, [RTNLGRP_NEIGH]),
            (NetworkChangeKinds.TrafficControl, [RTNLGRP_TC]),
        ];
        return all.Where(entry => kinds.HasFlag(entry.Kind)).SelectMany(entry => entry.Groups);
    }
}
