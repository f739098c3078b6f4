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
            var pods = parsed.GetValue(manifests) is { } folder ? ManifestReader.ReadFolder(folder) : [];
            var settings = new SandboxSettings
            {
                Nodes = SandboxSettings.NodeNames(parsed.GetValue(nodes), pods.Select(p => p.NodeName).OfType<string>()),
                Programs = NodePrograms.Find(parsed.GetValue(programs)),
            };
            await using var sandbox = await VpcSandbox.StartAsync(new SandboxName(parsed.GetRequiredValue(name)), settings, Console.WriteLine, cancellationToken);
            await sandbox.CreatePodsAsync(pods, cancellationToken);
            using var server = new ControlServer(sandbox);
            await server.RunAsync(() => Console.WriteLine(Up), () => sandbox.DisposeAsync().AsTask(), cancellationToken);
        });
        return command;
    }
}
