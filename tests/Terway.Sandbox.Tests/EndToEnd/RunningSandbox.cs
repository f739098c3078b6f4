using Terway.Sandbox.Machine;
using Terway.Sandbox.Manifests;
using Terway.Sandbox.Nodes;
using Terway.Sandbox.Pods;

namespace Terway.Sandbox.Tests.EndToEnd;

/// <summary>A VPC with two nodes and their daemons, shared by the tests of a class; each makes pods of its own.</summary>
public sealed class RunningSandbox : IAsyncLifetime
{
    public const int Port = 8080;

    private VpcSandbox? _sandbox;
    private int _pods;

    internal VpcSandbox Sandbox => _sandbox!;

    internal Node First => Sandbox.Nodes[0];

    internal Node Second => Sandbox.Nodes[1];

    public async ValueTask InitializeAsync()
    {
        var node = new NodeSettings
        {
            InstanceType = "ecs.g7.4xlarge",
            // The version that has GC and STATUS.
            CniConf = """{"cniVersion": "1.1.0", "type": "terway", "capabilities": {"bandwidth": true}}""",
        };
        var settings = new SandboxSettings { Programs = BuiltPrograms.Paths, Node = node };
        _sandbox = await VpcSandbox.StartAsync(SandboxName.Unique("test"), settings, _ => { }, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_sandbox is null)
            return;
        // Every secret of the emulated cloud carries this mark; the daemons signed with them all the time.
        var logs = Directory.EnumerateFiles(_sandbox.Name.LogFolder).Select(File.ReadAllText).ToList();
        await _sandbox.DisposeAsync();
        logs.Should().NotBeEmpty().And.NotContain(log => log.Contains("do-not-log", StringComparison.Ordinal));
        Leftovers.Find(_sandbox.Name).IsEmpty.Should().BeTrue();
    }

    internal PodManifest Manifest(Node node) => new(new PodName("test", $"pod-{Interlocked.Increment(ref _pods)}"), node.Name, [Port], HostNetwork: false);

    internal async Task<Pod> CreateAsync(Node node)
    {
        var manifest = Manifest(node);
        await Sandbox.CreatePodsAsync([manifest], CancellationToken.None);
        return Sandbox.FindPod(manifest.Name);
    }
}
