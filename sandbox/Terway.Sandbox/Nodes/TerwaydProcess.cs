using System.Diagnostics;
using System.Globalization;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Pods;
using Terway.Sandbox.Vpc;

namespace Terway.Sandbox.Nodes;

/// <summary>The daemon of one node: the native program, run inside the node, with its log kept outside.</summary>
internal sealed class TerwaydProcess(SandboxName sandbox, NamespaceHolder node, string program, string nodeName, string? manifests) : IAsyncDisposable
{
    private const int LogLinesShown = 25;
    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan InForceBound = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private Process? _process;
    private int _starts;

    public string LogFile => Path.Combine(sandbox.LogFolder, $"terwayd-{nodeName}.log");

    public int? ProcessId => _process is { HasExited: false } running ? running.Id : null;

    /// <summary>
    /// Starts the daemon and waits until it serves: it publishes the node's CNI configuration last, and of a daemon that was
    /// killed one is still there, so an answer to <c>terwayd show</c> is asked for too.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(sandbox.LogFolder);
        _starts++;
        string[] run = ["setsid", "sh", "-c", "exec \"$@\" </dev/null >>\"$LOG\" 2>&1", "terwayd", .. node.Inside(program, "--config", "/etc/eni/eni_conf"), .. Manifests()];
        _process?.Dispose();
        _process = HostCommand.Start(sandbox, run, Environment());
        var deadline = Stopwatch.StartNew();
        while (!await ServesAsync(cancellationToken))
        {
            if (_process.HasExited)
                throw Failed($"ended with {_process.ExitCode.ToString(CultureInfo.InvariantCulture)} instead of serving");
            if (deadline.Elapsed > StartBound)
                throw Failed($"did not serve within {StartBound.TotalSeconds:0} s");
            await Task.Delay(Poll, cancellationToken);
        }
    }

    /// <summary>Asks for a graceful end (SIGTERM) and waits for it; a daemon that ignores it is an error.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_process is not { HasExited: false } process)
            return;
        _ = Interop.Libc.Kill(process.Id, Interop.Libc.SIGTERM);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(StopBound);
        try
        {
            await process.WaitForExitAsync(bounded.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed($"did not end within {StopBound.TotalSeconds:0} s of SIGTERM");
        }
    }

    /// <summary>Kills the daemon as a crash would (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (_process is not { HasExited: false } process)
            return;
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>What <c>terwayd show</c> prints inside the node.</summary>
    public async Task<string> ShowAsync(string subject, string output, CancellationToken cancellationToken) =>
        (await node.RunAsync([program, "show", subject, "--output", output], cancellationToken)).Checked().Output;

    /// <summary>
    /// Waits until the daemon goes, in the kernel, by what was published at this turn or later; returns at once without policy.
    /// </summary>
    public async Task UntilInForceAsync(ClusterObjects objects, int turn, CancellationToken cancellationToken)
    {
        if (manifests is null)
            return;
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(Poll, cancellationToken))
        {
            var shown = await node.RunAsync([program, "policy", "show", "--output", "json"], cancellationToken);
            if (shown.ExitCode == 0 && DaemonAccount.IsInForce(shown.Output, revision => objects.TurnOf(revision) >= turn))
                return;
            if (clock.Elapsed > InForceBound)
                throw new SandboxException($"terwayd on {nodeName} did not go by the manifests within {InForceBound.TotalSeconds:0} s.") { Transcript = $"{shown.Output}{shown.Error}\n{LogTail()}" };
        }
    }

    /// <summary>The end of the log, for an error.</summary>
    public string LogTail() => File.Exists(LogFile) ? string.Join('\n', File.ReadLines(LogFile).TakeLast(LogLinesShown)) : "";

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
    }

    private string[] Manifests() => manifests is null ? [] : ["--manifests", manifests];

    private Dictionary<string, string> Environment() => new(StringComparer.Ordinal)
    {
        ["LOG"] = LogFile,
        ["NODE_NAME"] = nodeName,
        ["ECS_ENDPOINT"] = $"http://{VpcLayout.ApiAddress}",
        ["VPC_ENDPOINT"] = $"http://{VpcLayout.ApiAddress}",
        ["ALICLOUD_CLIENT_SCHEME"] = "HTTP",
    };

    private async Task<bool> ServesAsync(CancellationToken cancellationToken)
    {
        var folder = node.PathInside(CniRuntime.ConfigFolder);
        if (!Directory.EnumerateFiles(folder, "*.conflist").Any())
            return false;
        return _starts == 1 || (await node.RunAsync([program, "show", "pool", "--output", "json"], cancellationToken)).ExitCode == 0;
    }

    private SandboxException Failed(string what) => new($"terwayd on {nodeName} {what}.") { Transcript = LogTail() };
}
