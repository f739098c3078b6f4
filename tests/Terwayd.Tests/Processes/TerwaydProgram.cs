using System.Diagnostics;

namespace Terwayd.Tests.Processes;

/// <summary>The native program, as <c>./build.sh native</c> leaves it; published here once when it is missing.</summary>
internal static class TerwaydProgram
{
    private static readonly Lazy<string> Published = new(Find);

    internal static string Path => Published.Value;

    private static string Find()
    {
        var program = System.IO.Path.Combine(RepositoryRoot.Path, "artifacts", "bin", "terwayd");
        if (!File.Exists(program))
            Publish(RepositoryRoot.Path);
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
