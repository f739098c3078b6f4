using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>The addresses of the connection's namespace: <c>ip address</c>.</summary>
public sealed class AddressClient : AddressCommands
{
    private readonly NetlinkConnection _connection;

    internal AddressClient(NetlinkConnection connection)
        : base(connection) => _connection = connection;

    /// <summary>Lists addresses: <c>ip address show</c>.</summary>
    /// <param name="filter">Which; null for those of all links and both families.</param>
    /// <returns>The addresses in the kernel's order.</returns>
    public IReadOnlyList<AddressMessage> List(AddressFilter? filter = null) =>
        _connection.List("list addresses", RTM_GETADDR, filter ?? AddressFilter.All);

    /// <summary>Lists the addresses of one link.</summary>
    /// <param name="link">The link.</param>
    /// <returns>The addresses.</returns>
    public IReadOnlyList<AddressMessage> List(IfIndex link) => List(new AddressFilter { Interface = link });

    /// <summary>Deletes an address if it is there.</summary>
    /// <param name="address">The address, as it was read or as it was added.</param>
    /// <returns>Whether it was there.</returns>
    public bool TryDelete(AddressMessage address) => _connection.TrySubmit("delete address", RTM_DELADDR, 0, address);
}
