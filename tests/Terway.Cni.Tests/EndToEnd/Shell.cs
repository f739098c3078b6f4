using System.Diagnostics;

namespace Terway.Cni.Tests.EndToEnd;

/// <summary>Runs the system's own tools: what they say does not depend on our code.</summary>
internal static class Shell
{
    public static string Ip(string arguments) => Run("ip", arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public static string Run(string program, params string[] arguments)
    {
        (int exit, string output, string error) = TryRun(program, arguments);
        return exit == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error}{output}");
    }

    public static (int Exit, string Output, string Error) TryRun(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
