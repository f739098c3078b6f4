using System.Collections.Immutable;

namespace Terway.Policy.Manifests;

/// <summary>What a folder of manifests held at a moment.</summary>
/// <param name="Files">Its files, by path. Of a file that is being written, or cannot be read any more, what it held before.</param>
/// <param name="Unreadable">Files that cannot be read as they are now.</param>
/// <param name="Digest">A digest of what was read, as <see cref="ManifestDirectory.DigestOf"/> makes it.</param>
public sealed record ManifestSnapshot(EquatableArray<ManifestFile> Files, ImmutableArray<ManifestException> Unreadable, string Digest)
{
    /// <summary>The objects of all files together.</summary>
    public ManifestSet ToSet() => ManifestSet.Of(Files);
}
