using System.Globalization;
using System.Text.Json.Nodes;
using Terway.Cloud;
using Terway.Sandbox.Nodes;
using Terway.Sandbox.Show;

namespace Terway.Sandbox.Story;

/// <summary>All pods go, then the ENIs, and each place where something could be left is looked at.</summary>
internal sealed class Farewell(SandboxConsole console, Checklist checks, VpcSandbox sandbox)
{
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        console.Chapter("All pods go, and nothing is left");
        await sandbox.DeletePodsAsync(sandbox.Pods.Select(p => p.Manifest.Name), cancellationToken);
        foreach (var node in sandbox.Nodes)
        {
            var left = await NodeRemains.WaitUntilCleanAsync(node, cancellationToken);
            checks.Check($"{node.Name}: no pod's link, route or rule is left{left}", left.IsEmpty);
        }

        checks.Check("the daemons count no address as held", (await sandbox.HeldAsync(cancellationToken)).Count == 0);
        foreach (var node in sandbox.Nodes)
            await node.Daemon!.StopAsync(cancellationToken);
        console.Say("The nodes' daemons have ended; now the cluster's ENIs are detached and deleted.");
        await sandbox.Cloud.DeleteEnisAsync(cancellationToken);
        var enis = sandbox.Cloud.Enis;
        checks.Check($"the cloud has {enis.Count(e => e.Type != EniType.Primary).ToString(CultureInfo.InvariantCulture)} ENIs besides the instances' own", enis.All(e => e.Type == EniType.Primary));
        foreach (var node in sandbox.Nodes)
        {
            var links = await NodeRemains.LinksAsync(node, cancellationToken);
            checks.Check($"{node.Name} has the links {string.Join(" and ", links)}", links.SequenceEqual(["eth0", "lo"], StringComparer.Ordinal));
        }
    }
}
