using Terway.Sandbox.Machine;
using Terway.Sandbox.Nodes;

namespace Terway.Sandbox.Tests.Runtimes;

/// <summary>podman with its CNI backend in a node.</summary>
internal sealed class Podman : IContainerRuntime
{
    private readonly SandboxName _sandbox;
    private readonly Node _node;
    private readonly string _network;

    private Podman(SandboxName sandbox, Node node, string network)
    {
        _sandbox = sandbox;
        _node = node;
        _network = network;
    }

    /// <summary>
    /// Sets podman up: everything it writes is in the node's memory; runc, as crun refuses hybrid cgroups; limits that need no
    /// CAP_SYS_RESOURCE.
    /// </summary>
    public static async Task<IContainerRuntime> StartAsync(SandboxName sandbox, Node node, string network)
    {
        Directory.CreateDirectory(node.Holder.PathInside("/etc/containers"));
        await File.WriteAllTextAsync(node.Holder.PathInside("/etc/containers/containers.conf"), $"""
            [network]
            network_backend = "cni"
            network_config_dir = "/etc/cni/net.d"
            cni_plugin_dirs = ["/opt/cni/bin"]
            default_network = "{network}"
            [engine]
            runtime = "runc"
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            [containers]
            default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
            cgroups = "no-conmon"
            """);
        await File.WriteAllTextAsync(node.Holder.PathInside("/etc/containers/storage.conf"), """
            [storage]
            driver = "vfs"
            graphroot = "/run/podman/root"
            runroot = "/run/podman/run"
            """);
        BusyboxImage.Write(node.Holder.PathInside("/run/image.tar"));
        var podman = new Podman(sandbox, node, network);
        await podman.RunPodmanAsync("load", "--quiet", "--input", "/run/image.tar");
        return podman;
    }

    public Task RunAsync(string container, params string[] command) => RunPodmanAsync(["run", "--detach", "--name", container, "--network", _network, "--cap-add", "NET_RAW", "--cgroup-parent", $"/{_sandbox}", BusyboxImage.Name, .. command]);

    public Task<CommandResult> ExecAsync(string container, params string[] command) => TryPodmanAsync(["exec", container, .. command]);

    public Task DeleteAsync(string container) => RunPodmanAsync("rm", "--force", "--time", "0", container);

    public async ValueTask DisposeAsync()
    {
        await TryPodmanAsync("rm", "--all", "--force", "--time", "0");
        // podman never takes its parent control group away. It is the sandbox's own: an empty one of another podman may be about to be used.
        await _node.RunAsync(["sh", "-c", $"find /sys/fs/cgroup -depth -type d -path '*/{_sandbox}*' -exec rmdir {{}} + 2>/dev/null"], CancellationToken.None);
    }

    private async Task RunPodmanAsync(params string[] arguments) => (await TryPodmanAsync(arguments)).Checked();

    private Task<CommandResult> TryPodmanAsync(params string[] arguments) => _node.RunAsync(["podman", .. arguments], CancellationToken.None);
}
