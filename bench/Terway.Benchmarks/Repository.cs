namespace Terway.Benchmarks;

/// <summary>Where things are: the folder above with the solution.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    /// <summary>A folder below artifacts, made if missing.</summary>
    internal static string Artifacts(string folder) => Directory.CreateDirectory(Path.Combine(Root, "artifacts", folder)).FullName;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Terway.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Terway.sln.");
    }
}
