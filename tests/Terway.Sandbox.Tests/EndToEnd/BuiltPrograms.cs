using System.Diagnostics;
using Terway.Sandbox.Nodes;

namespace Terway.Sandbox.Tests.EndToEnd;

/// <summary>The native programs as <c>./build.sh native</c> leaves them; built here when they are missing.</summary>
internal static class BuiltPrograms
{
    private static readonly Lazy<NodePrograms> Built = new(Build);

    public static NodePrograms Paths => Built.Value;

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Terway.sln")))
                folder = folder.Parent ?? throw new InvalidOperationException("Run the tests from inside the repository.");
            return folder.FullName;
        }
    }

    private static NodePrograms Build()
    {
        if (!File.Exists(Path.Combine(Root, "artifacts", "bin", "terway-cni")) || !File.Exists(Path.Combine(Root, "artifacts", "bin", "terwayd")))
        {
            using var build = Process.Start(new ProcessStartInfo(Path.Combine(Root, "build.sh"), ["native"]) { UseShellExecute = false, WorkingDirectory = Root })!;
            build.WaitForExit();
        }

        return NodePrograms.Find(Path.Combine(Root, "artifacts", "bin"));
    }
}
