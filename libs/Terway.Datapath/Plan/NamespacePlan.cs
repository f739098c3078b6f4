using System.Collections.Immutable;
using System.Text;

namespace Terway.Datapath;

/// <summary>The desired state of one network namespace: only the objects that are ours, never the whole of it.</summary>
/// <remarks>Immutable. The properties stand in the order in which they are applied; within one, order matters as well.</remarks>
public sealed class NamespacePlan
{
    /// <summary>Nothing is wanted in this namespace.</summary>
    public static NamespacePlan Empty { get; } = new();

    /// <summary>Links; each of them shall be up.</summary>
    public ImmutableArray<PlannedLink> Links { get; init; } = [];

    /// <summary>Kernel parameters below <c>/proc/sys/net</c>.</summary>
    public ImmutableArray<PlannedSysctl> Sysctls { get; init; } = [];

    /// <summary>Addresses (<c>ip address</c>).</summary>
    public ImmutableArray<PlannedAddress> Addresses { get; init; } = [];

    /// <summary>Permanent neighbours (<c>ip neighbour</c>).</summary>
    public ImmutableArray<PlannedNeighbour> Neighbours { get; init; } = [];

    /// <summary>Routes (<c>ip route</c>).</summary>
    public ImmutableArray<PlannedRoute> Routes { get; init; } = [];

    /// <summary>Policy routing rules (<c>ip rule</c>).</summary>
    public ImmutableArray<PlannedRule> Rules { get; init; } = [];

    /// <summary>Whether nothing at all is wanted.</summary>
    public bool IsEmpty => Links.IsEmpty && Sysctls.IsEmpty && Addresses.IsEmpty && Neighbours.IsEmpty && Routes.IsEmpty && Rules.IsEmpty;

    internal void WriteTo(StringBuilder text)
    {
        WriteLines(text, Links);
        WriteLines(text, Sysctls);
        WriteLines(text, Addresses);
        WriteLines(text, Neighbours);
        WriteLines(text, Routes);
        WriteLines(text, Rules);
    }

    private static void WriteLines<T>(StringBuilder text, ImmutableArray<T> items)
        where T : notnull
    {
        foreach (var item in items)
            text.Append(item.ToString()).Append('\n');
    }
}
