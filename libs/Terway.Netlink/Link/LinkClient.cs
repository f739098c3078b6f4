using System.Runtime.InteropServices;
using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>The links of the connection's namespace: <c>ip link</c>.</summary>
public sealed class LinkClient : LinkCommands
{
    private readonly NetlinkConnection _connection;

    internal LinkClient(NetlinkConnection connection)
        : base(connection) => _connection = connection;

    /// <summary>Lists links: <c>ip link show</c>.</summary>
    /// <param name="filter">Which; null for all.</param>
    /// <returns>The links in the order of their indexes.</returns>
    public IReadOnlyList<LinkMessage> List(LinkFilter? filter = null) =>
        _connection.List("list links", RTM_GETLINK, filter ?? LinkFilter.All);

    /// <summary>Visits the links without making an object of each.</summary>
    /// <typeparam name="TVisitor">The visitor's type.</typeparam>
    /// <param name="visitor">Is shown each link; must not use this connection meanwhile.</param>
    /// <param name="filter">Which; null for all. Kernels before 4.20 ignore it.</param>
    public void Visit<TVisitor>(ref TVisitor visitor, LinkFilter? filter = null)
        where TVisitor : ILinkVisitor
    {
        var sink = new VisitorSink<TVisitor>(ref visitor);
        var failure = _connection.Dump(RTM_GETLINK, filter ?? LinkFilter.All, ref sink);
        if (failure.IsFailure)
            throw failure.ToException("list links", null);
    }

    /// <summary>The link of an index.</summary>
    /// <param name="index">The index.</param>
    /// <returns>The link, or null when there is none.</returns>
    public LinkMessage? Find(IfIndex index) =>
        index.IsNone ? null : _connection.Find<LinkMessage>("get link", RTM_GETLINK, new LinkMessage { Index = index });

    /// <summary>The link of a name.</summary>
    /// <param name="name">The name; an alternative one of at most 15 bytes finds the link too (Linux 5.5).</param>
    /// <returns>The link, or null when there is none.</returns>
    public LinkMessage? Find(string name) =>
        InterfaceName.IsValid(name) ? _connection.Find<LinkMessage>("get link", RTM_GETLINK, new LinkMessage { Name = name }) : null;

    /// <summary>The link of an index.</summary>
    /// <param name="index">The index.</param>
    /// <returns>The link.</returns>
    /// <exception cref="NetlinkException">There is none (<see cref="NetlinkException.IsNotFound"/>).</exception>
    public LinkMessage Get(IfIndex index) => Find(index) ?? throw new NetlinkException("get link", index.ToString(), Errno.NoDevice);

    /// <summary>The link of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The link.</returns>
    /// <exception cref="NetlinkException">There is none (<see cref="NetlinkException.IsNotFound"/>).</exception>
    public LinkMessage Get(string name) => Find(name) ?? throw new NetlinkException("get link", name, Errno.NoDevice);

    /// <summary>Deletes a link if it is there.</summary>
    /// <param name="link">The link.</param>
    /// <returns>Whether it was there.</returns>
    public bool TryDelete(IfIndex link) => _connection.TrySubmit("delete link", RTM_DELLINK, 0, new LinkMessage { Index = link });

    /// <summary>Deletes the link of a name if it is there.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it was there.</returns>
    public bool TryDelete(string name) => _connection.TrySubmit("delete link", RTM_DELLINK, 0, new LinkMessage { Name = name });

    private readonly ref struct VisitorSink<TVisitor>(ref TVisitor visitor) : IAnswerSink
        where TVisitor : ILinkVisitor
    {
        private readonly ref TVisitor _visitor = ref visitor;

        public void Begin() => _visitor.Begin();

        public void Message(NetlinkReader body) => _visitor.Visit(new LinkView(body));
    }
}
