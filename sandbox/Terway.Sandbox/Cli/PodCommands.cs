using System.CommandLine;
using System.Text.Json;
using Terway.Sandbox.Control;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Show;

namespace Terway.Sandbox.Cli;

/// <summary><c>pods</c>: what runs, with address, ENI, vSwitch and node.</summary>
internal static class PodsCommand
{
    public static Command Build(SandboxConsole output)
    {
        var name = SandboxOptions.Name();
        var form = SandboxOptions.Output();
        var command = new Command("pods", "List the pods of a sandbox that is up.") { name, form };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var pods = (await ControlClient.AskAsync(new SandboxName(parsed.GetRequiredValue(name)), new ControlRequest { Pods = true }, cancellationToken)).Pods ?? [];
            if (parsed.GetValue(form) == OutputForm.Json)
                Console.Out.WriteLine(JsonSerializer.Serialize([.. pods], ControlJson.Default.PodRowArray));
            else
                Print(output, pods);
        });
        return command;
    }

    public static void Print(SandboxConsole output, IReadOnlyList<PodRow> pods) => output.Table(PodRow.Columns, [.. pods.Select(p => p.Cells())]);
}

/// <summary><c>create</c>: starts the pods of a folder of manifests in a sandbox that is up.</summary>
internal static class CreateCommand
{
    public static Command Build(SandboxConsole output)
    {
        var name = SandboxOptions.Name();
        var manifests = SandboxOptions.Manifests(required: true);
        var command = new Command("create", "Start the pods of the manifests in a sandbox that is up.") { name, manifests };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new ControlRequest { Create = Path.GetFullPath(parsed.GetRequiredValue(manifests)) };
            PodsCommand.Print(output, (await ControlClient.AskAsync(new SandboxName(parsed.GetRequiredValue(name)), request, cancellationToken)).Pods ?? []);
        });
        return command;
    }
}

/// <summary><c>delete</c>: ends a pod as a container runtime does.</summary>
internal static class DeleteCommand
{
    public static Command Build()
    {
        var name = SandboxOptions.Name();
        var pod = new Argument<string>("POD") { Description = "namespace/name." };
        var command = new Command("delete", "Delete a pod of a sandbox that is up.") { name, pod };
        command.SetAction((parsed, cancellationToken) =>
            ControlClient.AskAsync(new SandboxName(parsed.GetRequiredValue(name)), new ControlRequest { Delete = parsed.GetRequiredValue(pod) }, cancellationToken));
        return command;
    }
}
