namespace Terway.Policy.Nftables.Internal;

/// <summary>Ports as intervals of the kernel.</summary>
internal static class PortList
{
    /// <summary>The same ports in the fewest ranges, in order.</summary>
    internal static List<PortRange> Merge(IEnumerable<PortRange> ports)
    {
        List<PortRange> merged = [];
        foreach (var range in ports.OrderBy(p => p.First))
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
                merged[^1] = new(merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            else
                merged.Add(range);
        }

        return merged;
    }
}
