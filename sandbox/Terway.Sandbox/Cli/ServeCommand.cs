using System.CommandLine;
using Terway.Sandbox.Control;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Manifests;
using Terway.Sandbox.Nodes;

namespace Terway.Sandbox.Cli;

/// <summary><c>serve</c>: the process in the background that <c>up</c> starts; not for people.</summary>
internal static class ServeCommand
{
    /// <summary>The line of its log that says it is up.</summary>
    public const string Up = "up";

    public static Command Build()
    {
        var name = SandboxOptions.Name();
        var manifests = SandboxOptions.Manifests(required: false);
        var nodes = SandboxOptions.Nodes();
        var programs = SandboxOptions.Programs();
        var command = new Command("serve", "Hold a sandbox; started by 'up'.") { name, manifests, nodes, programs };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = parsed.GetValue(manifests);
            var content = folder is null ? ManifestContent.None : ManifestReader.ReadFolder(folder).WithPods(folder);
            var settings = new SandboxSettings
            {
                Nodes = SandboxSettings.NodeNames(parsed.GetValue(nodes), content.Pods.Select(p => p.NodeName).OfType<string>()),
                Programs = NodePrograms.Find(parsed.GetValue(programs)),
            };
            await using var sandbox = await VpcSandbox.StartAsync(new SandboxName(parsed.GetRequiredValue(name)), settings, Console.WriteLine, cancellationToken);
            foreach (var problem in content.Problems)
                Console.WriteLine(problem);
            await sandbox.GovernAsync(content, cancellationToken);
            await sandbox.CreatePodsAsync(content.Pods, cancellationToken);
            await using var followed = new FollowedFolders(sandbox.GovernAsync, Console.WriteLine);
            if (folder is not null)
                followed.Add(folder);
            using var server = new ControlServer(sandbox, followed);
            await server.RunAsync(() => Console.WriteLine(Up), () => sandbox.DisposeAsync().AsTask(), cancellationToken);
        });
        return command;
    }
}
