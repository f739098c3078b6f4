using System.CommandLine;
using Terway.Policy.Manifests;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Probes;

namespace Terway.Sandbox.Cli;

internal enum OutputForm
{
    Table,
    Json,
}

/// <summary>Options that several commands share.</summary>
internal static class SandboxOptions
{
    public static Option<string> Manifests(bool required) => new("--manifests")
    {
        Description = "Folder of Kubernetes manifests; a pod is made for each Pod object.",
        Required = required,
        HelpName = "DIR",
    };

    public static Option<string> Probes() => new("--probes")
    {
        Description = $"JSON array of probes: {ProbeFile.Form}.",
        Required = true,
        HelpName = "FILE",
    };

    public static Option<int?> Nodes()
    {
        var option = new Option<int?>("--nodes") { Description = $"How many nodes; {PodPlacement.LeastNodes}, or as many as pods name, if absent.", HelpName = "N" };
        option.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int?>() is < 1 or > 16)
                r.AddError("--nodes is 1 to 16.");
        });
        return option;
    }

    /// <summary>How the nodes enforce policy. A way that the daemons do not have is refused before anything is built.</summary>
    public static Option<string> Backend()
    {
        var option = new Option<string>("--backend") { Description = "How the nodes enforce network policy: nftables.", DefaultValueFactory = _ => "nftables" };
        option.AcceptOnlyFromAmong("nftables");
        return option;
    }

    public static Option<OutputForm> Output() => new("--output") { Description = "table or json.", DefaultValueFactory = _ => OutputForm.Table };

    public static Option<double> Timeout()
    {
        var option = new Option<double>("--timeout")
        {
            Description = "Seconds after which a probe without an answer is denied.",
            DefaultValueFactory = _ => ProbeRunner.DefaultPatience.TotalSeconds,
            HelpName = "SECONDS",
        };
        option.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<double>() is not (> 0 and <= 60))
                r.AddError("--timeout is above 0 and at most 60.");
        });
        return option;
    }

    public static Option<string> Name() => new("--name") { Description = "Name of the sandbox, when there are several.", DefaultValueFactory = _ => SandboxName.Default };

    public static Option<string?> Programs() => new("--bin") { Description = "Folder of terway-cni and terwayd; artifacts/bin if absent.", HelpName = "DIR" };
}
