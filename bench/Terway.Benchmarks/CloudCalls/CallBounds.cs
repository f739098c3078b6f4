namespace Terway.Benchmarks.CloudCalls;

/// <summary>The fewest calls that the API's batch sizes allow.</summary>
internal static class CallBounds
{
    /// <summary>What a new node has to learn first: its type's limits, the primary ENI's security groups, its vSwitch, and that no ENI of it exists.</summary>
    private const int ToLearn = 4;

    /// <summary>An ENI is created with all its addresses in one call, attached by another, and one look sees all of them attached.</summary>
    internal static int ColdStart(int pods, int addressesPerEni)
    {
        var enis = (pods + addressesPerEni - 1) / addressesPerEni;
        return ToLearn + 2 * enis + 1;
    }
}
