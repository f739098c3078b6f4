using System.Collections.Immutable;

namespace Terway.Policy.Manifests;

/// <summary>Which files of a folder are manifests.</summary>
public static class ManifestFolder
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>
    /// The files that end in <c>.yaml</c>, <c>.yml</c> or <c>.json</c>, in subfolders too, sorted by path. Names that begin with a dot
    /// are passed over: editors write there, and a mounted ConfigMap keeps its generations there.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ManifestException">The folder is not there or cannot be listed.</exception>
    public static ImmutableArray<string> Files(string folder)
    {
        List<string> files = [];
        foreach (var inside in Folders(folder))
            files.AddRange(List(inside, Directory.EnumerateFiles).Where(IsManifest));
        return [.. files.Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether a file of this name is taken for a manifest.</summary>
    /// <param name="path">Its path or name.</param>
    public static bool IsManifest(string path)
    {
        var name = Path.GetFileName(path);
        return !IsHidden(name) && Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The folder and those below it that are looked into.</summary>
    internal static IEnumerable<string> Folders(string folder)
    {
        yield return folder;
        foreach (var below in List(folder, Directory.EnumerateDirectories).Where(d => !IsHidden(Path.GetFileName(d)) && new DirectoryInfo(d).LinkTarget is null))
        {
            foreach (var deeper in Folders(below))
                yield return deeper;
        }
    }

    internal static bool IsHidden(string name) => name.StartsWith('.');

    private static List<string> List(string folder, Func<string, IEnumerable<string>> list)
    {
        try
        {
            return [.. list(folder)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ManifestException(folder, line: null, e is DirectoryNotFoundException ? "there is no such folder" : e.Message, "name a folder that is there and readable", e);
        }
    }
}
