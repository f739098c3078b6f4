using System.Diagnostics;

namespace Terway.Architecture;

/// <summary>The packages as <c>./build.sh pack</c> leaves them, made anew when they are missing.</summary>
public sealed class PackageFixture : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public PackageFixture()
    {
        Folder = Path.Combine(Repository.Root, "artifacts", "packages");
        Scratch = Directory.CreateTempSubdirectory("terway-packages-").FullName;
        if (Repository.Libraries.Any(l => Find(l, "nupkg") is null))
        {
            foreach (string library in Repository.Libraries)
            {
                Dotnet(Repository.Root, "pack", Repository.ProjectFile("libs/" + library), "-c", "Release");
            }
        }
    }

    /// <summary>Holds a package and a symbol package per library.</summary>
    public string Folder { get; }

    /// <summary>A folder outside the solution, removed at the end.</summary>
    public string Scratch { get; }

    public string? Find(string library, string extension) =>
        Directory.Exists(Folder)
            ? Directory.EnumerateFiles(Folder, $"{library}.*.{extension}")
                .FirstOrDefault(f => char.IsAsciiDigit(Path.GetFileName(f)[library.Length + 1]))
            : null;

    public string Dotnet(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // Ours must come from the folder feed and not from an earlier run's cache, while what others published may be shared.
        start.Environment["NUGET_PACKAGES"] = Path.Combine(Scratch, "cache");
        start.Environment["NUGET_FALLBACK_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        start.Environment["CNI_COMMAND"] = "VERSION";
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
        }

        string text = output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult();
        process.ExitCode.Should().Be(0, $"'dotnet {string.Join(' ', arguments)}' printed:\n{text}");
        return text;
    }

    public void Dispose() => Directory.Delete(Scratch, recursive: true);
}
