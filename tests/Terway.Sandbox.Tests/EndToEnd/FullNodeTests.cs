using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Manifests;
using Terway.Sandbox.Nodes;
using Terway.Sandbox.Pods;

namespace Terway.Sandbox.Tests.EndToEnd;

/// <summary>A node whose every address is held: one ENI for pods, six addresses on it.</summary>
public sealed partial class FullNodeTests
{
    private const int Addresses = 6;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_full_node_gives_a_released_address_again_only_after_its_rest()
    {
        await using var sandbox = await FillAsync();
        var first = sandbox.Pods[0];

        var deleted = Stopwatch.StartNew();
        await sandbox.DeletePodAsync(first.Manifest.Name, None);
        await sandbox.CreatePodsAsync([Pod("late")], None);

        IPAddress late = sandbox.FindPod(new PodName("test", "late")).Address;
        late.Should().Be(first.Address, "no other address is free");
        deleted.Elapsed.Should().BeGreaterThanOrEqualTo(Rest);
    }

    [Fact]
    public async Task An_ADD_that_finds_no_address_is_refused_with_a_request_id_that_the_daemons_log_has_too()
    {
        await using var sandbox = await FillAsync();

        var create = () => sandbox.CreatePodsAsync([Pod("too-many")], None);

        var refusal = (await create.Should().ThrowAsync<CniException>()).Which;
        refusal.Code.Should().Be(11);
        refusal.Details.Should().Contain("PoolExhausted");
        var request = RequestId().Match(refusal.Details!).Groups["id"].Value;
        request.Should().NotBeEmpty(refusal.Details);
        (await File.ReadAllLinesAsync(sandbox.Nodes[0].Daemon!.LogFile, None)).Should()
            .ContainSingle(line => line.Contains("event=2005", StringComparison.Ordinal) && line.Contains($"RequestId={request} ", StringComparison.Ordinal))
            .Which.Should().Contain("PoolExhausted").And.Contain("test/too-many");
        (await NodeRemains.ReadAsync(sandbox.Nodes[0], None)).Links.Should().HaveCount(Addresses, "the refused pod has left no link");
    }

    private static async Task<VpcSandbox> FillAsync()
    {
        var settings = new SandboxSettings
        {
            Nodes = ["node-1"],
            Programs = BuiltPrograms.Paths,
            Node = new NodeSettings { InstanceType = "ecs.g6.large", MinPoolSize = 0, MaxPoolSize = Addresses, AddressRest = Rest },
        };
        var sandbox = await VpcSandbox.StartAsync(SandboxName.Unique("test"), settings, _ => { }, None);
        try
        {
            await sandbox.CreatePodsAsync([.. Enumerable.Range(1, Addresses).Select(i => Pod($"full-{i}"))], None);
            return sandbox;
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    private static PodManifest Pod(string name) => new(new PodName("test", name), null, [], HostNetwork: false);

    [GeneratedRegex(@"\brequest (?<id>[^\s;,)]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RequestId();
}
