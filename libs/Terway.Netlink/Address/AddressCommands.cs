using static Terway.Netlink.NetlinkConstants;
using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>Changes of addresses, as by <c>ip address</c>: at once on a connection, or gathered in a <see cref="NetlinkBatch"/>.</summary>
public class AddressCommands
{
    private readonly IRequestSink _sink;

    internal AddressCommands(IRequestSink sink) => _sink = sink;

    /// <summary>Adds an address: <c>ip address add</c>.</summary>
    /// <param name="address">The address.</param>
    /// <exception cref="NetlinkException">The kernel refused, for instance because the link has it already.</exception>
    public void Add(AddressMessage address) => Submit("add address", RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, address);

    /// <summary>Adds an address to a link: <c>ip address add</c>.</summary>
    /// <param name="link">The link.</param>
    /// <param name="address">The address.</param>
    public void Add(IfIndex link, InterfaceAddress address) => Add(new AddressMessage { Interface = link, Address = address });

    /// <summary>Adds an address or changes the one that is there: <c>ip address replace</c>.</summary>
    /// <param name="address">The address.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Replace(AddressMessage address) => Submit("replace address", RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE, address);

    /// <summary>Deletes an address: <c>ip address del</c>. Deleting a primary IPv4 address deletes the secondary ones of its subnet.</summary>
    /// <param name="address">The address, as it was read or as it was added.</param>
    /// <exception cref="NetlinkException">The kernel refused, for instance because the link has it not.</exception>
    public void Delete(AddressMessage address) => Submit("delete address", RTM_DELADDR, 0, address);

    /// <summary>Deletes an address of a link.</summary>
    /// <param name="link">The link.</param>
    /// <param name="address">The address.</param>
    public void Delete(IfIndex link, InterfaceAddress address) => Delete(new AddressMessage { Interface = link, Address = address });

    private void Submit(string operation, ushort type, ushort flags, AddressMessage address)
    {
        ArgumentNullException.ThrowIfNull(address);
        _sink.Submit(operation, type, flags, address);
    }
}
