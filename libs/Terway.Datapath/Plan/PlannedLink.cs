using System.Text;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>A link that shall exist and be up (<c>ip link</c>).</summary>
public sealed record PlannedLink
{
    /// <summary>The link's name in its namespace.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the plan makes the link or finds it.</summary>
    public PlannedLinkKind Kind { get; init; } = PlannedLinkKind.Existing;

    /// <summary>The other end of a veth pair, in the other namespace; null for an existing link.</summary>
    public string? PeerName { get; init; }

    /// <summary>The link's index, known for an existing link only.</summary>
    public IfIndex? Index { get; init; }

    /// <summary>The link's MAC address; null leaves it as it is.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>The link's MTU in bytes; null leaves it as it is.</summary>
    public int? Mtu { get; init; }

    /// <summary>A second name by which the link is found at once (<c>altname</c>, Linux 5.5 and newer); null for none.</summary>
    public string? AlternativeName { get; init; }

    /// <summary>The link as <c>ip link add</c> or <c>ip link set</c> would be told.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("link ").Append(Name);
        if (Mac is { } mac)
            text.Append(" address ").Append(mac);
        if (Mtu is { } mtu)
            text.Append(" mtu ").Append(mtu);
        text.Append(" up");
        if (AlternativeName is not null)
            text.Append(" altname ").Append(AlternativeName);
        if (Kind == PlannedLinkKind.Veth)
            text.Append(" type veth peer ").Append(PeerName);
        return text.ToString();
    }
}
