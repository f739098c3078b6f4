using System.ComponentModel;
using System.Diagnostics;

namespace Terway.Sandbox.Machine;

/// <summary>What a finished program said.</summary>
internal sealed record CommandResult(string Line, int ExitCode, string Output, string Error)
{
    public CommandResult Checked() => ExitCode == 0
        ? this
        : throw new SandboxException($"'{Line}' ended with {ExitCode}.") { Transcript = (Error + Output).Trim() };
}

/// <summary>Programs of the machine (ip, nft, nsenter …), run to their end within a bound.</summary>
internal static class HostCommand
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    public static Task<CommandResult> RunAsync(SandboxName name, IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        RunAsync(name, command, input: "", environment: [], cancellationToken);

    public static async Task<CommandResult> RunAsync(
        SandboxName name,
        IReadOnlyList<string> command,
        string input,
        IReadOnlyCollection<KeyValuePair<string, string>> environment,
        CancellationToken cancellationToken)
    {
        using var process = Start(name, command, environment);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(Bound);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(bounded.Token);
            var error = process.StandardError.ReadToEndAsync(bounded.Token);
            await WriteAsync(process, input, bounded.Token);
            await Task.WhenAll(output, error, process.WaitForExitAsync(bounded.Token));
            return new CommandResult(string.Join(' ', command), process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException e) when (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new SandboxException($"'{string.Join(' ', command)}' did not end within {Bound.TotalSeconds:0} s.", e);
        }
    }

    /// <summary>Starts a program with its three streams redirected, marked as belonging to the sandbox.</summary>
    public static Process Start(SandboxName name, IReadOnlyList<string> command, IReadOnlyCollection<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment[SandboxName.EnvironmentVariable] = name.Value;
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        try
        {
            return Process.Start(start) ?? throw new SandboxException($"'{command[0]}' did not start.");
        }
        catch (Win32Exception e)
        {
            throw new SandboxException($"'{command[0]}' cannot be started ({e.Message}); is its package installed?", e);
        }
    }

    private static async Task WriteAsync(Process process, string input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input; its exit code says why.
        }
    }
}
