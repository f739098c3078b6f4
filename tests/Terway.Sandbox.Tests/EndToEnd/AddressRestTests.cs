using System.Diagnostics;
using System.Net;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Manifests;
using Terway.Sandbox.Nodes;

namespace Terway.Sandbox.Tests.EndToEnd;

public sealed class AddressRestTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_full_node_gives_a_released_address_again_only_after_its_rest()
    {
        var rest = TimeSpan.FromSeconds(3);
        var settings = new SandboxSettings
        {
            Nodes = ["node-1"],
            Programs = BuiltPrograms.Paths,
            // One ENI for pods, six addresses on it.
            Node = new NodeSettings { InstanceType = "ecs.g6.large", MinPoolSize = 0, MaxPoolSize = 6, AddressRest = rest },
        };
        await using var sandbox = await VpcSandbox.StartAsync(SandboxName.Unique("test"), settings, _ => { }, None);
        PodManifest[] full = [.. Enumerable.Range(1, 6).Select(i => Pod($"full-{i}"))];
        await sandbox.CreatePodsAsync(full, None);
        var address = sandbox.FindPod(full[0].Name).Address;

        var deleted = Stopwatch.StartNew();
        await sandbox.DeletePodAsync(full[0].Name, None);
        await sandbox.CreatePodsAsync([Pod("late")], None);

        IPAddress late = sandbox.FindPod(new PodName("test", "late")).Address;
        late.Should().Be(address, "no other address is free");
        deleted.Elapsed.Should().BeGreaterThanOrEqualTo(rest);
    }

    private static PodManifest Pod(string name) => new(new PodName("test", name), null, [], HostNetwork: false);
}
