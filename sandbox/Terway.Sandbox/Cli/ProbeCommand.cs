using System.CommandLine;
using Terway.Sandbox.Control;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Probes;
using Terway.Sandbox.Show;

namespace Terway.Sandbox.Cli;

/// <summary><c>probe</c>: real packets in a sandbox that is up.</summary>
internal static class ProbeCommand
{
    public static Command Build(SandboxConsole output)
    {
        var name = SandboxOptions.Name();
        var probes = SandboxOptions.Probes();
        var form = SandboxOptions.Output();
        var timeout = SandboxOptions.Timeout();
        var command = new Command("probe", "Run probes in a sandbox that is up.") { name, probes, form, timeout };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var order = new ProbeOrder(ProbeFile.Read(parsed.GetRequiredValue(probes)), parsed.GetValue(timeout));
            var reply = await ControlClient.AskAsync(new SandboxName(parsed.GetRequiredValue(name)), new ControlRequest { Probe = order }, cancellationToken);
            RunCommand.Print(output, reply.Results ?? [], parsed.GetValue(form));
        });
        return command;
    }
}

/// <summary><c>spoofed</c>: the packets that the VPC dropped because their source was not their ENI's.</summary>
internal static class SpoofedCommand
{
    public static Command Build(SandboxConsole output)
    {
        var name = SandboxOptions.Name();
        var command = new Command("spoofed", "Show the packets that were dropped for a foreign source.") { name };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var reply = await ControlClient.AskAsync(new SandboxName(parsed.GetRequiredValue(name)), new ControlRequest { Spoofed = true }, cancellationToken);
            output.Table(SpoofedRow.Columns, [.. (reply.Spoofed ?? []).Select(s => new[] { s.Eni, s.Mac, s.Source, s.Packets.ToString() })]);
        });
        return command;
    }
}
