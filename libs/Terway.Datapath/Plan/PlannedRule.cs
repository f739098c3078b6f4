using System.Net;
using System.Text;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>A policy routing rule that selects by one address (<c>ip rule</c>).</summary>
/// <remarks>A rule of priority 512 or 2048 whose only selector is a pod's address is ours, whatever its table.</remarks>
public sealed record PlannedRule
{
    /// <summary>The rule's priority; smaller is asked first.</summary>
    public required uint Priority { get; init; }

    /// <summary>Selects packets from here; null selects from everywhere.</summary>
    public IPNetwork? Source { get; init; }

    /// <summary>Selects packets to here; null selects to everywhere.</summary>
    public IPNetwork? Destination { get; init; }

    /// <summary>The table that selected packets are looked up in.</summary>
    public required RouteTable Table { get; init; }

    internal IpFamily Family => Families.Of((Source ?? Destination)!.Value.BaseAddress);

    /// <summary>The rule as <c>ip rule show</c> begins its line.</summary>
    public override string ToString() => $"{SelectorText} lookup {Table}";

    internal string SelectorText
    {
        get
        {
            var text = new StringBuilder("rule ").Append(Priority).Append(':');
            if (Source is { } source)
                text.Append(" from ").Append(source);
            if (Destination is { } destination)
                text.Append(" to ").Append(destination);
            return text.ToString();
        }
    }
}
