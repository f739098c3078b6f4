using System.Collections.Immutable;
using System.Text.Json;

namespace Terway.Sandbox.Manifests;

/// <summary>What the sandbox takes from manifests.</summary>
/// <param name="Pods">The pods to make.</param>
/// <param name="Others">All other objects as they are written; the nodes' daemons get them.</param>
/// <param name="Problems">What the daemons will not take of them, as lines.</param>
internal sealed record ManifestContent(ImmutableArray<PodManifest> Pods, ImmutableArray<JsonElement> Others, ImmutableArray<string> Problems)
{
    public static ManifestContent None { get; } = new([], [], []);

    public static ManifestContent Join(IEnumerable<ManifestContent> parts) => parts.Aggregate(
        None,
        (all, part) => new(all.Pods.AddRange(part.Pods), all.Others.AddRange(part.Others), all.Problems.AddRange(part.Problems)));

    /// <summary>These, of which there must be a pod.</summary>
    public ManifestContent WithPods(string folder) =>
        Pods.IsEmpty ? throw new SandboxException($"No Pod object was found in '{folder}' (.yaml, .yml, .json).") : this;
}
