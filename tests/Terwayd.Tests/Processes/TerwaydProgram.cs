using System.Diagnostics;

namespace Terwayd.Tests.Processes;

/// <summary>The native program, as <c>./build.sh native</c> leaves it; published here once when it is missing.</summary>
internal static class TerwaydProgram
{
    private static readonly Lazy<string> Published = new(Find);

    internal static string Path => Published.Value;

    private static string Find()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(root.FullName, "Terway.sln")))
            root = root.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        var program = System.IO.Path.Combine(root.FullName, "artifacts", "bin", "terwayd");
        if (!File.Exists(program))
            Publish(root.FullName);
        return program;
    }

    private static void Publish(string root)
    {
        using var build = Process.Start(new ProcessStartInfo("dotnet", "publish apps/terwayd -c Release -f net9.0 -r linux-x64 -o artifacts/bin")
        {
            WorkingDirectory = root,
        })!;
        build.WaitForExit();
        if (build.ExitCode != 0)
            throw new InvalidOperationException($"publishing the native daemon ended with {build.ExitCode}");
    }
}
