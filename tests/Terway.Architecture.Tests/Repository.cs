using System.Xml.Linq;

namespace Terway.Architecture;

/// <summary>The source tree that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static IReadOnlyList<string> Libraries { get; } =
        [.. Directory.GetDirectories(Path.Combine(Root, "libs")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    public static string ProjectFile(string folder) => Path.Combine(Root, folder, Path.GetFileName(folder) + ".csproj");

    public static IEnumerable<string> ProjectReferences(string folder) =>
        XDocument.Load(ProjectFile(folder))
            .Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));

    private static string FindRoot(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Terway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no folder above {start} holds Terway.sln");
    }
}
