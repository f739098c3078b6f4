using System.Net;

namespace Terway.Netlink;

/// <summary>Which rules to list; without any property set, those of IPv4 and IPv6.</summary>
public sealed record RuleFilter : IDumpFilter<RuleMessage>
{
    /// <summary>Only this family.</summary>
    public IpFamily Family { get; init; }

    /// <summary>Only this priority.</summary>
    public uint? Priority { get; init; }

    /// <summary>Only rules that look in this table.</summary>
    public RouteTable? Table { get; init; }

    /// <summary>Only rules with exactly this source.</summary>
    public IPNetwork? Source { get; init; }

    /// <summary>Only rules with exactly this destination.</summary>
    public IPNetwork? Destination { get; init; }

    internal static RuleFilter All { get; } = new();

    // The kernel filters rules by family alone.
    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type) =>
        writer.WriteStruct(new RuleHeader { Family = (byte)Family });

    bool IDumpFilter<RuleMessage>.Matches(RuleMessage message) =>
        (Family == IpFamily.Unspecified || message.Family == Family)
        && (Priority is null || (message.Priority ?? 0) == Priority)
        && (Table is null || message.Table == Table)
        && (Source is null || message.Source == Source)
        && (Destination is null || message.Destination == Destination);
}
