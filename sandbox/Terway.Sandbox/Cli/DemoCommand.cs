using System.CommandLine;
using Terway.Sandbox.Show;

namespace Terway.Sandbox.Cli;

internal static class DemoCommand
{
    public static Command Build(SandboxConsole output) => new("demo");
}
