namespace Terway.Ipam.Planning;

/// <summary>What pods want.</summary>
/// <param name="Waiting">Attachments that wait.</param>
/// <param name="OldestSince">Since when the first of them waits.</param>
internal sealed record PoolDemand(int Waiting, DateTimeOffset? OldestSince)
{
    public static PoolDemand None { get; } = new(0, null);
}
