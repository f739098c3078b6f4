using System.Diagnostics;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Nodes;

namespace Terway.Sandbox.Tests.Runtimes;

/// <summary>containerd with its own root, state and socket in a node, driven by <c>ctr</c>.</summary>
internal sealed class Containerd : IContainerRuntime
{
    private const string Socket = "/run/containerd-test/containerd.sock";
    private const string Config = "/run/containerd-test/config.toml";

    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(20);

    private readonly SandboxName _sandbox;
    private readonly Node _node;
    private readonly Process _process;
    private readonly Dictionary<string, Process> _clients = new(StringComparer.Ordinal);

    private Containerd(SandboxName sandbox, Node node, Process process)
    {
        _sandbox = sandbox;
        _node = node;
        _process = process;
    }

    public static async Task<IContainerRuntime> StartAsync(SandboxName sandbox, Node node)
    {
        Directory.CreateDirectory(node.Holder.PathInside("/run/containerd-test"));
        await File.WriteAllTextAsync(node.Holder.PathInside(Config), $$"""
            version = 2
            root = "/run/containerd-test/root"
            state = "/run/containerd-test/state"
            disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper"]
            [grpc]
              address = "{{Socket}}"
            """);
        BusyboxImage.Write(node.Holder.PathInside("/run/containerd-test/image.tar"));
        string[] run = ["setsid", "sh", "-c", "exec \"$@\" </dev/null >\"$LOG\" 2>&1", "containerd", .. node.Holder.Inside("containerd", "--config", Config)];
        var log = Path.Combine(sandbox.LogFolder, $"containerd-{node.Name}.log");
        var containerd = new Containerd(sandbox, node, HostCommand.Start(sandbox, run, [KeyValuePair.Create("LOG", log)]));
        try
        {
            await containerd.UntilServingAsync();
            await containerd.CtrAsync("images", "import", "/run/containerd-test/image.tar");
            return containerd;
        }
        catch
        {
            await containerd.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Runs the container with <c>ctr</c> in the foreground of a process of its own: only then does ctr take the network away at
    /// the end (a detached container's DEL is left to whoever embeds containerd).
    /// </summary>
    public async Task RunAsync(string container, params string[] command)
    {
        var client = HostCommand.Start(_sandbox, _node.Holder.Inside(["ctr", "--address", Socket, "--namespace", _sandbox.Value, "run", "--rm", "--cni", BusyboxImage.Name, container, .. command]), []);
        client.StandardInput.Close();
        _clients.Add(container, client);
        using var bounded = new CancellationTokenSource(StartBound);
        while (!await IsRunningAsync(container))
        {
            if (client.HasExited)
                throw new SandboxException($"ctr run {container} ended.") { Transcript = await client.StandardError.ReadToEndAsync(bounded.Token) };
            await Task.Delay(20, bounded.Token);
        }
    }

    public Task<CommandResult> ExecAsync(string container, params string[] command) =>
        TryCtrAsync(["task", "exec", "--exec-id", $"exec-{Guid.NewGuid():N}", container, .. command]);

    public async Task DeleteAsync(string container)
    {
        await CtrAsync("task", "kill", "--signal", "SIGKILL", container);
        using var bounded = new CancellationTokenSource(StartBound);
        var client = _clients[container];
        await client.WaitForExitAsync(bounded.Token);
        (await client.StandardError.ReadToEndAsync(bounded.Token)).Should().BeEmpty("ctr reports a DEL that failed there");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _clients.Values.Append(_process))
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        // The control group of a containerd namespace stays when its last container goes; the other node may still use it.
        await _node.RunAsync(["sh", "-c", $"find /sys/fs/cgroup -depth -type d -path '*/{_sandbox}*' -exec rmdir {{}} + 2>/dev/null"], CancellationToken.None);
    }

    private async Task<bool> IsRunningAsync(string container) =>
        (await TryCtrAsync("task", "list")).Output.Split('\n').Any(l => l.StartsWith($"{container} ", StringComparison.Ordinal) && l.Contains("RUNNING", StringComparison.Ordinal));

    private async Task UntilServingAsync()
    {
        using var bounded = new CancellationTokenSource(StartBound);
        while ((await TryCtrAsync("version")).ExitCode != 0)
            await Task.Delay(50, bounded.Token);
    }

    private async Task CtrAsync(params string[] arguments) => (await TryCtrAsync(arguments)).Checked();

    private Task<CommandResult> TryCtrAsync(params string[] arguments) => _node.RunAsync(["ctr", "--address", Socket, "--namespace", _sandbox.Value, .. arguments], CancellationToken.None);
}
