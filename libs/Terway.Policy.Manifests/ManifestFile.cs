using System.Collections.Immutable;
using System.Text.Json;

namespace Terway.Policy.Manifests;

/// <summary>A file with what network policy takes from it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Resources">Its objects, in the order they are written.</param>
/// <param name="Problems">What was wrong with others, or with parts.</param>
public sealed record ManifestFile(string Path, EquatableArray<Resource> Resources, EquatableArray<ResourceProblem> Problems)
{
    /// <summary>All its objects as they are written, those that policy does not look at among them; not compared.</summary>
    public ImmutableArray<JsonElement> Objects { get; init; } = [];

    /// <summary>Whether both are the same file with the same content for policy.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(ManifestFile? other) =>
        other is not null && Path == other.Path && Resources == other.Resources && Problems == other.Problems;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, Resources, Problems);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ManifestException">The file cannot be opened, or is neither YAML nor JSON.</exception>
    public static ManifestFile Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ManifestException(path, line: null, e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message, "name a file that is there and readable", e);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Where it comes from; see <see cref="ManifestText.Read"/>.</param>
    /// <exception cref="ManifestException">The text is neither YAML nor JSON.</exception>
    public static ManifestFile Parse(string text, string path)
    {
        var resources = ImmutableArray.CreateBuilder<Resource>();
        var problems = ImmutableArray.CreateBuilder<ResourceProblem>();
        var objects = ManifestText.Read(text, path);
        foreach (var written in objects)
        {
            var manifest = Manifest.Read(written);
            resources.AddRange(manifest.Resources);
            problems.AddRange(manifest.Problems);
        }

        return new(path, resources.ToImmutable(), problems.ToImmutable()) { Objects = objects };
    }
}
