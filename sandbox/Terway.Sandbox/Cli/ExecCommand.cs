using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Terway.Sandbox.Control;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Nodes;

namespace Terway.Sandbox.Cli;

/// <summary><c>exec</c>: a program inside a pod, a node or the host in the VPC, with this terminal.</summary>
internal static class ExecCommand
{
    public static Command Build()
    {
        var name = SandboxOptions.Name();
        var where = new Argument<string>("POD") { Description = "namespace/name of a pod, node/NAME, or vpc." };
        var program = new Argument<string[]>("CMD") { Description = "The program and its arguments, after --.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("exec", "Run a program inside a pod, a node or the VPC's host.") { name, where, program };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var sandbox = new SandboxName(parsed.GetRequiredValue(name));
            var reply = await ControlClient.AskAsync(sandbox, new ControlRequest { Holder = parsed.GetRequiredValue(where) }, cancellationToken);
            string[] enter = [$"--target={reply.HolderProcess!.Value.ToString(CultureInfo.InvariantCulture)}", "--mount", "--net", "--uts", "--", .. parsed.GetRequiredValue(program)];
            var start = new ProcessStartInfo("nsenter", enter);
            start.Environment[SandboxName.EnvironmentVariable] = sandbox.Value;
            start.Environment["PATH"] = $"{Node.ProgramFolder}:{Environment.GetEnvironmentVariable("PATH")}";
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(CancellationToken.None);
            return process.ExitCode;
        });
        return command;
    }
}
