using System.CommandLine;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Manifests;
using Terway.Sandbox.Nodes;
using Terway.Sandbox.Probes;
using Terway.Sandbox.Show;

namespace Terway.Sandbox.Cli;

/// <summary><c>run</c>: everything at once, and nothing left afterwards.</summary>
internal static class RunCommand
{
    public static Command Build(SandboxConsole output, SandboxConsole progress)
    {
        var manifests = SandboxOptions.Manifests(required: true);
        var probes = SandboxOptions.Probes();
        var nodes = SandboxOptions.Nodes();
        var form = SandboxOptions.Output();
        var timeout = SandboxOptions.Timeout();
        var programs = SandboxOptions.Programs();
        var name = new Option<string?>("--name") { Description = "Name of the sandbox; a name that nobody uses if absent." };
        var command = new Command("run", "Build a VPC, start the pods of the manifests, run the probes, print the results, remove everything.") { manifests, probes, nodes, form, timeout, programs, name, SandboxOptions.Backend() };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = parsed.GetRequiredValue(manifests);
            var content = ManifestReader.ReadFolder(folder).WithPods(folder);
            foreach (var problem in content.Problems)
                progress.Say(problem);
            var asked = ProbeFile.Read(parsed.GetRequiredValue(probes));
            var settings = new SandboxSettings
            {
                Nodes = SandboxSettings.NodeNames(parsed.GetValue(nodes), content.Pods.Select(p => p.NodeName).OfType<string>()),
                Programs = NodePrograms.Find(parsed.GetValue(programs)),
            };
            new ProbeNames(content.Pods.Select(p => p.Name), settings.Nodes).Check(asked);
            var sandbox = parsed.GetValue(name) is { } given ? new SandboxName(given) : SandboxName.Unique("run");
            var results = await progress.WhileAsync("Running", said => RunAsync(sandbox, settings, content, asked, TimeSpan.FromSeconds(parsed.GetValue(timeout)), said, cancellationToken));
            Print(output, results, parsed.GetValue(form));
            return 0;
        });
        return command;
    }

    /// <summary>Prints results: the JSON array alone, or a table.</summary>
    public static void Print(SandboxConsole output, IReadOnlyList<ProbeResult> results, OutputForm form)
    {
        if (form == OutputForm.Json)
            Console.Out.WriteLine(ProbeFile.Write(results));
        else
            ProbeTables.List(output, results);
    }

    private static async Task<IReadOnlyList<ProbeResult>> RunAsync(
        SandboxName name, SandboxSettings settings, ManifestContent content, IReadOnlyList<Probe> probes, TimeSpan patience, Action<string> said, CancellationToken cancellationToken)
    {
        await using var sandbox = await VpcSandbox.StartAsync(name, settings, said, cancellationToken);
        await sandbox.GovernAsync(content, cancellationToken);
        await sandbox.CreatePodsAsync(content.Pods, cancellationToken);
        said($"{content.Pods.Length} pods run; {probes.Count} probes");
        var results = await sandbox.ProbeAsync(probes, patience, cancellationToken);
        said("removing everything");
        return results;
    }
}
