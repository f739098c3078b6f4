using System.Diagnostics;

namespace Terway.Datapath.KernelTests;

/// <summary>Runs <c>ip(8)</c>, which the tests use as a second opinion on the kernel and to break things on purpose.</summary>
internal static class Shell
{
    internal static string Ip(string arguments) => Run("ip", arguments);

    internal static string Run(string program, string arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {arguments}: {errors.GetAwaiter().GetResult()}");
        return output;
    }

    /// <summary>Many commands in one process.</summary>
    internal static void IpBatch(string netns, params string[] commands)
    {
        var start = new ProcessStartInfo("ip", $"-n {netns} -batch -") { RedirectStandardInput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(string.Join('\n', commands) + "\n");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"ip -n {netns} -batch: {errors}");
    }
}
