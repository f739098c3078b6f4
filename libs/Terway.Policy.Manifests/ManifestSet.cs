using System.Collections.Immutable;

namespace Terway.Policy.Manifests;

/// <summary>The objects of several files together. An object that is written twice counts as it is written first.</summary>
public sealed class ManifestSet
{
    private ManifestSet(ImmutableArray<Resource> resources, ImmutableArray<FileProblem> problems) =>
        (Resources, Problems) = (resources, problems);

    /// <summary>The objects, no two with the same key, in the order of the files.</summary>
    public ImmutableArray<Resource> Resources { get; }

    /// <summary>What was wrong, in the order of the files.</summary>
    public ImmutableArray<FileProblem> Problems { get; }

    /// <summary>Reads files and folders.</summary>
    /// <param name="paths">Files, and folders of which every manifest is read.</param>
    /// <exception cref="ManifestException">One of them is not there, or a file is neither YAML nor JSON.</exception>
    public static ManifestSet Read(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return Of(paths.SelectMany(path => Directory.Exists(path) ? ManifestFolder.Files(path) : [path]).Distinct(StringComparer.Ordinal).Select(ManifestFile.Read));
    }

    /// <summary>Puts files together.</summary>
    /// <param name="files">The files in their order.</param>
    public static ManifestSet Of(IEnumerable<ManifestFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        Dictionary<ResourceKey, string> seen = [];
        var resources = ImmutableArray.CreateBuilder<Resource>();
        var problems = ImmutableArray.CreateBuilder<FileProblem>();
        foreach (var file in files)
        {
            problems.AddRange(file.Problems.Select(p => new FileProblem(file.Path, p)));
            foreach (var resource in file.Resources)
            {
                if (seen.TryAdd(resource.Key, file.Path))
                    resources.Add(resource);
                else
                    problems.Add(new(file.Path, new(resource.Key.ToString(), "metadata.name", $"the object is written in {seen[resource.Key]} already, which counts", ProblemEffect.ObjectRefused)));
            }
        }

        return new(resources.ToImmutable(), problems.ToImmutable());
    }
}
