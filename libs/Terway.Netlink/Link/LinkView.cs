using System.Text;
using static Terway.Netlink.LinkConstants;

namespace Terway.Netlink;

/// <summary>Is shown the links of a dump one by one.</summary>
public interface ILinkVisitor
{
    /// <summary>The dump starts, or starts anew because links changed meanwhile: forget what was seen.</summary>
    void Begin();

    /// <summary>A link.</summary>
    /// <param name="link">The link; valid during the call.</param>
    void Visit(LinkView link);
}

/// <summary>A link in the receive buffer, read on demand.</summary>
public readonly ref struct LinkView
{
    private readonly LinkHeader _header;
    private readonly NetlinkReader _body;
    private readonly NetlinkReader _attributes;

    internal LinkView(NetlinkReader body)
    {
        _body = body;
        _header = body.ReadStruct<LinkHeader>();
        _attributes = body;
    }

    /// <summary>The index.</summary>
    public IfIndex Index => new(_header.Index);

    /// <summary>The flags.</summary>
    public LinkFlags Flags => (LinkFlags)_header.Flags;

    /// <summary>The name in UTF-8.</summary>
    public ReadOnlySpan<byte> Name => _attributes.Find(IFLA_IFNAME, out var name) ? name.Payload.TrimEnd((byte)0) : default;

    /// <summary>The Ethernet address; null when the link has none or one of another length.</summary>
    public MacAddress? Mac =>
        _attributes.Find(IFLA_ADDRESS, out var mac) && mac.Payload.Length == MacAddress.Length ? mac.ReadMac() : null;

    /// <summary>Whether the name is this one.</summary>
    /// <param name="name">A name.</param>
    /// <returns>Whether it is the link's.</returns>
    public bool HasName(string name)
    {
        Span<byte> bytes = stackalloc byte[64];
        return Encoding.UTF8.TryGetBytes(name, bytes, out var length) && Name.SequenceEqual(bytes[..length]);
    }

    /// <summary>The link as an object.</summary>
    /// <returns>The object, which may be kept.</returns>
    public LinkMessage ToMessage() => LinkMessage.Read(_body);
}
