namespace Terwayd.Enforcement;

/// <summary>Where the objects come from that policy is calculated from: a folder of manifests, or an API server.</summary>
internal interface IResourceSource
{
    /// <summary>Whether a namespace that has no object is there nevertheless; where it is not, its pods stay closed until it comes.</summary>
    bool ImpliesNamespaces { get; }

    /// <summary>First all objects that there are, then each time what changed. Ends when cancelled, or fails.</summary>
    IAsyncEnumerable<ResourceChanges> WatchAsync(CancellationToken cancellationToken);
}
