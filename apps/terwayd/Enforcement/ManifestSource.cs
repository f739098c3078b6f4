using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Terway.Policy;
using Terway.Policy.Manifests;

namespace Terwayd.Enforcement;

/// <summary>A watched folder of manifests as a source. The revision is the digest of what the folder holds.</summary>
internal sealed class ManifestSource(string folder, TimeProvider time, ILogger<ManifestSource> logger) : IResourceSource
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public bool ImpliesNamespaces => true;

    public async IAsyncEnumerable<ResourceChanges> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var directory = new ManifestDirectory(folder, time);
        Dictionary<ResourceKey, Resource> former = [];
        await foreach (var snapshot in directory.WatchAsync(cancellationToken))
        {
            var set = snapshot.ToSet();
            Tell(snapshot, set);
            Dictionary<ResourceKey, Resource> present = [];
            foreach (var resource in set.Resources.Concat(ImpliedNamespaces.Of(set.Resources)))
                present[resource.Key] = resource;
            var changes = new ResourceChanges(
                [.. present.Where(p => !former.TryGetValue(p.Key, out var before) || !before.Equals(p.Value)).Select(p => p.Value)],
                [.. former.Keys.Where(k => !present.ContainsKey(k))],
                snapshot.Digest);
            former = present;
            logger.ManifestsRead(folder, set.Resources.Length, changes.Updated.Length, changes.Removed.Length);
            yield return changes;
        }
    }

    /// <summary>Each problem once, and again when it comes back.</summary>
    private void Tell(ManifestSnapshot snapshot, ManifestSet set)
    {
        var present = snapshot.Unreadable.Select(e => e.Message).Concat(set.Problems.Select(p => p.ToString())).ToHashSet(StringComparer.Ordinal);
        _told.IntersectWith(present);
        foreach (var problem in present.Where(_told.Add))
            logger.ManifestProblem(problem);
    }
}
