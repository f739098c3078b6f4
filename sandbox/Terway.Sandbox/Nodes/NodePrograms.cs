namespace Terway.Sandbox.Nodes;

/// <summary>The two native programs that a node runs.</summary>
/// <param name="Plugin">Path of <c>terway-cni</c>.</param>
/// <param name="Daemon">Path of <c>terwayd</c>.</param>
internal sealed record NodePrograms(string Plugin, string Daemon)
{
    /// <summary>Finds the programs in <paramref name="folder"/>, or where <c>./build.sh native</c> puts them.</summary>
    public static NodePrograms Find(string? folder)
    {
        folder = Path.GetFullPath(folder ?? Path.Combine(RepositoryRoot(), "artifacts", "bin"));
        var programs = new NodePrograms(Path.Combine(folder, "terway-cni"), Path.Combine(folder, "terwayd"));
        foreach (var program in new[] { programs.Plugin, programs.Daemon })
        {
            if (!File.Exists(program))
                throw new SandboxException($"There is no program '{program}'; './build.sh native' builds it.");
        }

        return programs;
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Terway.sln")))
                return folder.FullName;
        }

        return Environment.CurrentDirectory;
    }
}
