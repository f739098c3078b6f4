using System.CommandLine;
using Terway.Sandbox.Nodes;
using Terway.Sandbox.Show;
using Terway.Sandbox.Soak;

namespace Terway.Sandbox.Cli;

/// <summary><c>soak</c>: a node under fire, with native programs and real packets.</summary>
internal static class SoakCommand
{
    private const double DefaultMinutes = 10;

    public static Command Build(SandboxConsole output)
    {
        var programs = SandboxOptions.Programs();
        var minutes = new Option<double>("--minutes") { Description = "How long pods come and go; it is prolonged until the daemon was killed 200 times.", DefaultValueFactory = _ => DefaultMinutes, HelpName = "N" };
        minutes.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<double>() is not (> 0 and <= 24 * 60))
                r.AddError("--minutes is above 0 and at most a day.");
        });
        var seed = new Option<int>("--seed") { Description = "Decides the moments of kills and the faults of the cloud.", DefaultValueFactory = _ => 1, HelpName = "S" };
        var command = new Command("soak", "Let pods come and go at full speed while the daemon is killed, the cloud fails and the disk fills up; then check that nothing is lost or left.") { programs, minutes, seed };
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = SoakSettings.Long(TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(seed));
            return new SoakStory(output, NodePrograms.Find(parsed.GetValue(programs)), settings).RunAsync(cancellationToken);
        });
        return command;
    }
}
