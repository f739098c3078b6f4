using System.Diagnostics;
using Terway.Netlink;

namespace Terway.Policy.KernelTests;

/// <summary>Runs programs in a network namespace.</summary>
internal static class Commands
{
    /// <summary>Runs a program, which must succeed.</summary>
    public static string Run(NetworkNamespace where, string program, string[] arguments, string input = "") => where.Run(() =>
    {
        ProcessStartInfo start = new(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, "'{0} {1}' should succeed: {2}\n{3}", program, string.Join(' ', arguments), error.GetAwaiter().GetResult(), input);
        return output.GetAwaiter().GetResult();
    });
}
