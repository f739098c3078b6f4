using System.CommandLine;
using Terway.Cloud;
using Terway.Netlink;
using Terway.Sandbox.Pods;
using Terway.Sandbox.Show;

namespace Terway.Sandbox.Cli;

/// <summary>The commands. Results go to standard output; progress, and errors, to standard error.</summary>
internal static class SandboxCommandLine
{
    private const int Failed = 1;
    private static readonly TimeSpan TearDownBound = TimeSpan.FromMinutes(1);

    public static async Task<int> RunAsync(string[] args)
    {
        var output = SandboxConsole.For(Console.Out, !Console.IsOutputRedirected);
        var progress = SandboxConsole.For(Console.Error, !Console.IsErrorRedirected);
        try
        {
            // Ctrl-C cancels; the tear-down that follows is given time.
            var settings = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TearDownBound };
            return await Root(output, progress).Parse(args).InvokeAsync(settings);
        }
        catch (Exception e) when (e is SandboxException or CniException or CloudApiException or NetlinkException)
        {
            progress.Failure(e.Message);
        }
        catch (OperationCanceledException)
        {
            progress.Failure("Cancelled; everything was removed.");
        }

        return Failed;
    }

    private static RootCommand Root(SandboxConsole output, SandboxConsole progress) => new("A VPC on one Linux machine: nodes, ENIs, pods and real packets between them.")
    {
        RunCommand.Build(output, progress),
        DemoCommand.Build(output),
        SoakCommand.Build(output),
        UpCommand.Build(output, progress),
        ServeCommand.Build(),
        CreateCommand.Build(output),
        DeleteCommand.Build(),
        PodsCommand.Build(output),
        ProbeCommand.Build(output),
        SpoofedCommand.Build(output),
        ExecCommand.Build(),
        DownCommand.Build(output),
        EmulatorCommand.Build(output),
    };
}
