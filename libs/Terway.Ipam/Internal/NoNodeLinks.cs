namespace Terway.Ipam.Internal;

/// <summary>For a pool whose ENIs need nothing on the node.</summary>
internal sealed class NoNodeLinks : INodeLinks
{
    public static NoNodeLinks Instance { get; } = new();

    public ValueTask PrepareAsync(LeaseEni eni, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask RemoveAsync(LeaseEni eni, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
