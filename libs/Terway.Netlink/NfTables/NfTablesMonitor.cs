using static Terway.Netlink.NfTablesConstants;

namespace Terway.Netlink;

/// <summary>Listens to changes of nf_tables in one network namespace: <c>nft monitor</c>.</summary>
/// <remarks>
/// Reported are a <see cref="NetworkChange{T}"/> of <see cref="NftTable"/>, <see cref="NftChain"/>, <see cref="NftRule"/>,
/// <see cref="NftSet"/> and <see cref="NftElementList"/> for each object, and after those of a transaction one of
/// <see cref="NftGeneration"/>, which tells whose it was. iptables in its nft variant is seen too, its legacy variant is not. The
/// kernel drops what does not fit its buffer; then a <see cref="NetworkResync"/> is reported. For one reader at a time.
/// </remarks>
public sealed class NfTablesMonitor : IDisposable
{
    private readonly NotificationSocket _socket;

    private NfTablesMonitor(NotificationSocket socket) => _socket = socket;

    /// <summary>Starts listening in the namespace of the calling thread.</summary>
    /// <param name="bufferSize">The size of the kernel's buffer in bytes; null keeps the system's default.</param>
    /// <returns>The monitor. What changes from now on is reported.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static NfTablesMonitor Open(int? bufferSize = null) =>
        new(NotificationSocket.Open(NetlinkConstants.NETLINK_NETFILTER, [NetfilterConstants.NFNLGRP_NFTABLES], bufferSize));

    /// <summary>Starts listening in a namespace.</summary>
    /// <param name="target">The namespace.</param>
    /// <param name="bufferSize">The size of the kernel's buffer in bytes; null keeps the system's default.</param>
    /// <returns>The monitor. What changes from now on is reported.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static NfTablesMonitor Open(NetworkNamespace target, int? bufferSize = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.Run(() => Open(bufferSize));
    }

    /// <summary>The changes as they happen, without end; a <see cref="NetworkResync"/> first.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The changes.</returns>
    public IAsyncEnumerable<NetworkChange> ReadAllAsync(CancellationToken cancellationToken = default) =>
        _socket.ReadAllAsync(Read, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    /// <summary>Appends the changes of a datagram; kinds of message without a type here are left out.</summary>
    internal static void Read(ReadOnlySpan<byte> datagram, List<NetworkChange> changes)
    {
        var reader = new NetlinkReader(datagram);
        while (reader.TryReadMessage(out var header, out var body))
        {
            if (Read(header.Type, body) is { } change)
                changes.Add(change);
        }
    }

    private static NetworkChange? Read(ushort type, NetlinkReader body) => type switch
    {
        NFT_MSG_NEWTABLE or NFT_MSG_DELTABLE => Change<NftTable>(type == NFT_MSG_NEWTABLE, body),
        NFT_MSG_NEWCHAIN or NFT_MSG_DELCHAIN => Change<NftChain>(type == NFT_MSG_NEWCHAIN, body),
        NFT_MSG_NEWRULE or NFT_MSG_DELRULE => Change<NftRule>(type == NFT_MSG_NEWRULE, body),
        NFT_MSG_NEWSET or NFT_MSG_DELSET => Change<NftSet>(type == NFT_MSG_NEWSET, body),
        NFT_MSG_NEWSETELEM or NFT_MSG_DELSETELEM => Change<NftElementList>(type == NFT_MSG_NEWSETELEM, body),
        NFT_MSG_NEWGEN => Change<NftGeneration>(set: true, body),
        _ => null,
    };

    private static NetworkChange<T> Change<T>(bool set, NetlinkReader body)
        where T : class, INetlinkMessage<T> =>
        new(set ? NetworkChangeAction.Set : NetworkChangeAction.Removed, T.Read(body));
}
