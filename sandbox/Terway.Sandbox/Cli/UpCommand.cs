using System.CommandLine;
using System.Diagnostics;
using Terway.Sandbox.Control;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Show;

namespace Terway.Sandbox.Cli;

/// <summary><c>up</c>: builds a sandbox that stays, held by a process in the background.</summary>
internal static class UpCommand
{
    public static Command Build(SandboxConsole output, SandboxConsole progress)
    {
        var name = SandboxOptions.Name();
        var manifests = SandboxOptions.Manifests(required: false);
        var nodes = SandboxOptions.Nodes();
        var programs = SandboxOptions.Programs();
        var command = new Command("up", "Build a VPC with nodes, and pods if manifests are given, and leave it running.") { name, manifests, nodes, programs, SandboxOptions.Backend() };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var sandbox = new SandboxName(parsed.GetRequiredValue(name));
            string[] arguments =
            [
                "--name", sandbox.Value,
                .. Given("--nodes", parsed.GetValue(nodes)?.ToString()),
                .. Given("--manifests", Full(parsed.GetValue(manifests))),
                .. Given("--bin", Full(parsed.GetValue(programs))),
            ];
            await progress.WhileAsync($"Building sandbox '{sandbox}'", said => StartAsync(sandbox, arguments, said, cancellationToken));
            PodsCommand.Print(output, (await ControlClient.AskAsync(sandbox, new ControlRequest { Pods = true }, cancellationToken)).Pods ?? []);
        });
        return command;
    }

    private static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);

    private static string[] Given(string option, string? value) => value is null ? [] : [option, value];

    private static async Task<bool> StartAsync(SandboxName name, string[] arguments, Action<string> said, CancellationToken cancellationToken)
    {
        if (await ControlClient.IsUpAsync(name, cancellationToken))
            throw new SandboxException($"Sandbox '{name}' is up already; 'sandbox down' removes it.");
        await Leftovers.SweepAsync(name, cancellationToken);
        var log = Path.Combine(Path.GetTempPath(), $"terway-sandbox-{name}.log");
        string[] self = [Environment.ProcessPath!, typeof(UpCommand).Assembly.Location, "serve", .. arguments];
        using var server = HostCommand.Start(name, ["setsid", "sh", "-c", "exec \"$@\" </dev/null >\"$LOG\" 2>&1", "sandbox", .. self], [KeyValuePair.Create("LOG", log)]);
        try
        {
            await FollowAsync(server, log, said, cancellationToken);
            File.Move(log, Path.Combine(name.StateFolder, "server.log"), overwrite: true);
            return true;
        }
        catch
        {
            await Leftovers.SweepAsync(name, CancellationToken.None);
            throw;
        }
        finally
        {
            File.Delete(log);
        }
    }

    private static async Task FollowAsync(Process server, string log, Action<string> said, CancellationToken cancellationToken)
    {
        var shown = 0;
        while (true)
        {
            var ended = server.HasExited;
            var lines = File.Exists(log) ? File.ReadAllLines(log) : [];
            foreach (var line in lines.Skip(shown).Where(l => l != ServeCommand.Up))
                said(line);
            shown = lines.Length;
            if (lines.Contains(ServeCommand.Up))
                return;
            if (ended)
                throw new SandboxException("The sandbox could not be built; it said why.") { Transcript = string.Join('\n', lines) };
            await Task.Delay(50, cancellationToken);
        }
    }
}
