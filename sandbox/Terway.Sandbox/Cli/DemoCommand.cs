using System.CommandLine;
using Terway.Sandbox.Nodes;
using Terway.Sandbox.Show;
using Terway.Sandbox.Story;

namespace Terway.Sandbox.Cli;

/// <summary><c>demo</c>: the whole path as a story that ends with a count.</summary>
internal static class DemoCommand
{
    public static Command Build(SandboxConsole output)
    {
        var programs = SandboxOptions.Programs();
        var command = new Command("demo", "Tell the life of pods on two nodes, with real packets, and check every step.") { programs };
        command.SetAction((parsed, cancellationToken) => new Demo(output, NodePrograms.Find(parsed.GetValue(programs))).RunAsync(cancellationToken));
        return command;
    }
}
