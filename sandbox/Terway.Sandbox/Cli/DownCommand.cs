using System.CommandLine;
using Terway.Sandbox.Control;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Show;

namespace Terway.Sandbox.Cli;

/// <summary><c>down</c>: removes a sandbox, or what a crash left of one.</summary>
internal static class DownCommand
{
    public static Command Build(SandboxConsole output)
    {
        var name = SandboxOptions.Name();
        var all = new Option<bool>("--all") { Description = "Remove every sandbox of this machine." };
        var command = new Command("down", "Remove a sandbox and everything it has on the machine, also when its server has died.") { name, all };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            foreach (var sandbox in parsed.GetValue(all) ? SandboxName.All() : [new SandboxName(parsed.GetRequiredValue(name))])
                await RemoveAsync(sandbox, output, cancellationToken);
        });
        return command;
    }

    private static async Task RemoveAsync(SandboxName name, SandboxConsole output, CancellationToken cancellationToken)
    {
        if (Leftovers.Find(name).IsEmpty)
        {
            output.Say($"Sandbox '{name}': nothing is there.");
            return;
        }

        try
        {
            await ControlClient.AskAsync(name, new ControlRequest { Down = true }, cancellationToken);
        }
        catch (SandboxException)
        {
            output.Say($"Sandbox '{name}': its server does not answer; removing what it left.");
        }

        await Leftovers.SweepAsync(name, cancellationToken);
        output.Say($"Sandbox '{name}': removed, {Leftovers.Find(name)} is left.");
    }
}
