using System.Diagnostics;

namespace Terway.Sandbox.Machine;

/// <summary>
/// A process that does nothing but keep namespaces alive: a node's (network, mount, UTS) or a pod's. Programs enter by it, and
/// its root folder is how files of its mount namespace are reached from outside.
/// </summary>
internal sealed class NamespaceHolder : IAsyncDisposable
{
    private const string Ready = "ready";
    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(20);

    private readonly SandboxName _name;
    private readonly Process _process;

    private NamespaceHolder(SandboxName name, Process process)
    {
        _name = name;
        _process = process;
    }

    public int ProcessId => _process.Id;

    public string NetworkNamespacePath => $"/proc/{ProcessId}/ns/net";

    /// <summary>
    /// Starts a holder: <paramref name="prefix"/> enters or makes the namespaces, <paramref name="script"/> prepares them; the
    /// holder is handed out once the script is through.
    /// </summary>
    public static async Task<NamespaceHolder> StartAsync(SandboxName name, IReadOnlyList<string> prefix, string script, CancellationToken cancellationToken)
    {
        // A session of its own, or Ctrl-C at the terminal would take the namespaces away before their tear-down.
        string[] command = ["setsid", .. prefix, "sh", "-c", $"set -e\n{script}\necho {Ready}\nexec sleep infinity >/dev/null 2>&1"];
        var process = HostCommand.Start(name, command, []);
        var holder = new NamespaceHolder(name, process);
        process.StandardInput.Close();
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(StartBound);
        try
        {
            if (await process.StandardOutput.ReadLineAsync(bounded.Token) == Ready)
                return holder;
            throw new SandboxException($"Namespaces for '{name}' could not be prepared.") { Transcript = await process.StandardError.ReadToEndAsync(bounded.Token) };
        }
        catch
        {
            await holder.DisposeAsync();
            throw;
        }
    }

    /// <summary>The command line that runs <paramref name="command"/> inside.</summary>
    public string[] Inside(params IReadOnlyList<string> command) => ["nsenter", $"--target={ProcessId}", "--mount", "--net", "--uts", "--", .. command];

    public string PathInside(string path) => $"/proc/{ProcessId}/root{path}";

    public Task<CommandResult> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        HostCommand.RunAsync(_name, Inside(command), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
