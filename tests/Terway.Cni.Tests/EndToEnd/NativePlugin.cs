using System.Runtime.CompilerServices;

namespace Terway.Cni.Tests.EndToEnd;

/// <summary>The native binary. The build makes it before the tests; where it is missing it is made here, once.</summary>
public sealed class NativePlugin
{
    public NativePlugin()
    {
        Path = System.IO.Path.Combine(Root(), "artifacts", "bin", "terway-cni");
        if (!File.Exists(Path))
            Shell.Run(
                "dotnet", "publish", System.IO.Path.Combine(Root(), "apps", "terway-cni"), "-c", "Release", "-f", "net9.0", "-r", "linux-x64",
                "-o", System.IO.Path.GetDirectoryName(Path)!);
    }

    public string Path { get; }

    private static string Root([CallerFilePath] string here = "")
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Terway.sln")))
                return folder.FullName;
        return System.IO.Path.GetFullPath(System.IO.Path.Combine(here, "../../../.."));
    }
}
