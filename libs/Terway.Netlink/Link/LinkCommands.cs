using static Terway.Netlink.NetlinkConstants;
using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>Changes of links, as by <c>ip link</c>: at once on a connection, or gathered in a <see cref="NetlinkBatch"/>.</summary>
public class LinkCommands
{
    private readonly IRequestSink _sink;

    internal LinkCommands(IRequestSink sink) => _sink = sink;

    /// <summary>Creates a link: <c>ip link add</c>. A veth's peer and <see cref="LinkMessage.Namespace"/> may lie in other namespaces.</summary>
    /// <param name="link">The link.</param>
    /// <exception cref="NetlinkException">The kernel refused, for instance because the name is taken.</exception>
    public void Add(LinkMessage link) => Submit("add link", RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, link);

    /// <summary>Changes what the message states of the link with its index, or name when it has no index: <c>ip link set</c>.</summary>
    /// <param name="link">The changes.</param>
    /// <exception cref="ArgumentException">It has neither: the kernel would take its group, if it has one, for the links to change.</exception>
    /// <exception cref="NetlinkException">The kernel refused, for instance because there is no such link.</exception>
    public void Change(LinkMessage link)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (link.Index.IsNone && link.Name is null)
            throw new ArgumentException("A change needs the index or the name of its link.", nameof(link));
        Submit("set link", RTM_NEWLINK, 0, link);
    }

    /// <summary>Deletes a link, and a veth's peer with it: <c>ip link del</c>. The kernel waits about 20 ms for readers to finish.</summary>
    /// <param name="link">The link.</param>
    /// <exception cref="NetlinkException">The kernel refused, for instance because there is no such link.</exception>
    public void Delete(IfIndex link) => Submit("delete link", RTM_DELLINK, 0, new LinkMessage { Index = link });

    /// <summary>Deletes the link of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="NetlinkException">The kernel refused, for instance because there is no such link.</exception>
    public void Delete(string name) => Submit("delete link", RTM_DELLINK, 0, new LinkMessage { Name = name });

    /// <summary>Deletes all links of a group in one step with one wait: <c>ip link del group N</c>.</summary>
    /// <param name="group">The group; 0, in which every link starts, is refused.</param>
    /// <exception cref="NetlinkException">The kernel refused, for instance because no link is in the group.</exception>
    public void DeleteGroup(uint group)
    {
        ArgumentOutOfRangeException.ThrowIfZero(group);
        Submit("delete links of", RTM_DELLINK, 0, new LinkMessage { Group = group });
    }

    /// <summary>Sets a link up: <c>ip link set up</c>.</summary>
    /// <param name="link">The link.</param>
    public void SetUp(IfIndex link) => Change(new LinkMessage { Index = link, Flags = LinkFlags.Up, FlagsMask = LinkFlags.Up });

    /// <summary>Sets a link down: <c>ip link set down</c>.</summary>
    /// <param name="link">The link.</param>
    public void SetDown(IfIndex link) => Change(new LinkMessage { Index = link, FlagsMask = LinkFlags.Up });

    /// <summary>Renames a link: <c>ip link set name</c>. Before Linux 6.2 it must be down.</summary>
    /// <param name="link">The link.</param>
    /// <param name="name">The new name.</param>
    public void Rename(IfIndex link, string name)
    {
        InterfaceName.ThrowIfInvalid(name);
        Change(new LinkMessage { Index = link, Name = name });
    }

    /// <summary>Sets the largest packet: <c>ip link set mtu</c>.</summary>
    /// <param name="link">The link.</param>
    /// <param name="mtu">Bytes.</param>
    public void SetMtu(IfIndex link, uint mtu) => Change(new LinkMessage { Index = link, Mtu = mtu });

    /// <summary>Sets the Ethernet address: <c>ip link set address</c>.</summary>
    /// <param name="link">The link.</param>
    /// <param name="mac">The address.</param>
    public void SetMac(IfIndex link, MacAddress mac) => Change(new LinkMessage { Index = link, Mac = mac });

    /// <summary>Makes a link a port of a bridge, or of none: <c>ip link set master</c>.</summary>
    /// <param name="link">The link.</param>
    /// <param name="master">The bridge, or <see cref="IfIndex.None"/>.</param>
    public void SetMaster(IfIndex link, IfIndex master) => Change(new LinkMessage { Index = link, Master = master });

    /// <summary>Puts a link into a group: <c>ip link set group</c>.</summary>
    /// <param name="link">The link.</param>
    /// <param name="group">The group.</param>
    public void SetGroup(IfIndex link, uint group) => Change(new LinkMessage { Index = link, Group = group });

    /// <summary>Moves a link to another namespace: <c>ip link set netns</c>. It loses its addresses and routes.</summary>
    /// <param name="link">The link.</param>
    /// <param name="target">The namespace.</param>
    /// <param name="newName">A name to take on arrival; null keeps the name.</param>
    public void Move(IfIndex link, NetworkNamespace target, string? newName = null) =>
        Change(new LinkMessage { Index = link, Namespace = target, Name = newName });

    /// <summary>Sets the text for people: <c>ip link set alias</c>.</summary>
    /// <param name="link">The link.</param>
    /// <param name="alias">The text; empty removes it.</param>
    public void SetAlias(IfIndex link, string alias) => Change(new LinkMessage { Index = link, Alias = alias });

    /// <summary>Adds a name by which the link is found too, up to 127 bytes: <c>ip link property add altname</c> (Linux 5.5).</summary>
    /// <param name="link">The link.</param>
    /// <param name="name">The name.</param>
    public void AddAlternativeName(IfIndex link, string name) => Submit(
        "add altname to", RTM_NEWLINKPROP, NLM_F_CREATE | NLM_F_EXCL | NLM_F_APPEND, new LinkMessage { Index = link, AlternativeNames = [name] });

    /// <summary>Removes an alternative name: <c>ip link property del altname</c>.</summary>
    /// <param name="link">The link.</param>
    /// <param name="name">The name.</param>
    public void DeleteAlternativeName(IfIndex link, string name) =>
        Submit("delete altname of", RTM_DELLINKPROP, 0, new LinkMessage { Index = link, AlternativeNames = [name] });

    private void Submit(string operation, ushort type, ushort flags, LinkMessage link)
    {
        ArgumentNullException.ThrowIfNull(link);
        _sink.Submit(operation, type, flags, link);
    }
}
