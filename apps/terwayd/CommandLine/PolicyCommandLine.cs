using System.CommandLine;
using Terway.Cni.Daemon;
using Terwayd.PolicyTool;

namespace Terwayd.CommandLine;

/// <summary>The command line of <c>terwayd policy</c>.</summary>
internal sealed class PolicyCommandLine(PolicyReasoning reasoning, PolicyCleanup cleanup, Func<ShowArguments, CancellationToken, Task<int>> show)
{
    internal Command Build() => new("policy", "Reason about network policy, and see what is in force.")
    {
        Eval(),
        Explain(),
        Lint(),
        Render(),
        Show(),
        Cleanup(),
    };

    private Command Eval()
    {
        var manifests = Manifests();
        var probes = new Option<string>("--probes")
        {
            Description = "JSON array of {\"from\", \"to\", \"protocol\", \"port\"}; the ends are ns/pod, node/NAME, vpc or addresses, the port is a number or a name.",
            Required = true,
            HelpName = "FILE",
        };
        var form = Form();
        var command = new Command("eval", "Answer probes by the policies of manifests, and say what decides in each direction.") { manifests, probes, form };
        command.SetAction(parsed => reasoning.Eval(new(parsed.GetRequiredValue(manifests), parsed.GetRequiredValue(probes), Form(parsed, form))));
        return command;
    }

    private Command Explain()
    {
        var manifests = Manifests();
        var from = new Option<string>("--from") { Description = "ns/pod, node/NAME, vpc or an address.", Required = true, HelpName = "END" };
        var to = new Option<string>("--to") { Description = "The same.", Required = true, HelpName = "END" };
        var protocol = new Option<string>("--protocol") { Description = "TCP, UDP, SCTP, ICMP or a number.", DefaultValueFactory = _ => "TCP" };
        var port = new Option<string?>("--port") { Description = "A number, or the name of a port of the destination's." };
        var command = new Command("explain", "Say in words what happens to one packet, and why.") { manifests, from, to, protocol, port };
        command.SetAction(parsed => reasoning.Explain(new(
            parsed.GetRequiredValue(manifests),
            new(parsed.GetRequiredValue(from), parsed.GetRequiredValue(to), parsed.GetRequiredValue(protocol), parsed.GetValue(port)))));
        return command;
    }

    private Command Lint()
    {
        var manifests = Manifests();
        var form = Form();
        var command = new Command("lint", "Look for policies that are invalid, or valid and probably not meant; exit code 1 where there are any.") { manifests, form };
        command.SetAction(parsed => reasoning.Lint(new(parsed.GetRequiredValue(manifests), Form(parsed, form))));
        return command;
    }

    private Command Render()
    {
        var manifests = Manifests();
        var endpoints = new Option<string[]>("--endpoint")
        {
            Description = "Pods of the node, each with the name of its link where that does not follow from the pod's name.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            HelpName = "NS/POD[=IFNAME]",
        };
        var backend = new Option<string>("--backend") { Description = "nftables is the one there is.", DefaultValueFactory = _ => "nftables" };
        backend.AcceptOnlyFromAmong("nftables");
        var command = new Command("render", "Print what a node with these pods puts into the kernel; 'nft -f' takes it.") { manifests, endpoints, backend };
        command.SetAction(parsed => reasoning.Render(new(
            parsed.GetRequiredValue(manifests), [.. parsed.GetRequiredValue(endpoints).Select(RenderedEndpoint.Parse)])));
        return command;
    }

    private Command Show()
    {
        var form = Form();
        var socket = new Option<string>("--socket") { Description = "Unix socket of the daemon.", DefaultValueFactory = _ => DaemonArguments.DefaultSocket };
        var command = new Command("show", "Show what policy is in force on this node, and since when.") { form, socket };
        command.SetAction((parsed, cancellationToken) => show(new(ShowSubject.Policy, Form(parsed, form), parsed.GetRequiredValue(socket)), cancellationToken));
        return command;
    }

    private Command Cleanup()
    {
        var command = new Command("cleanup", "Take every rule of ours out of this node's kernel.");
        command.SetAction(_ => cleanup.Run());
        return command;
    }

    private static Option<string[]> Manifests() => new("--manifests")
    {
        Description = "Files and folders of manifests, YAML or JSON.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
        HelpName = "FILE|DIR",
    };

    private static Option<string> Form()
    {
        var form = new Option<string>("--output") { Description = "table or json.", DefaultValueFactory = _ => "table" };
        form.AcceptOnlyFromAmong("table", "json");
        return form;
    }

    private static ShowOutput Form(ParseResult parsed, Option<string> form) => Enum.Parse<ShowOutput>(parsed.GetRequiredValue(form), ignoreCase: true);
}
