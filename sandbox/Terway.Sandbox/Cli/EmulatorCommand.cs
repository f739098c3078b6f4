using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Sandbox.Show;

namespace Terway.Sandbox.Cli;

/// <summary><c>emulator</c>: the cloud alone, over HTTP, for a client that is not on a sandbox's node.</summary>
internal static class EmulatorCommand
{
    private static readonly Dictionary<string, EmulatorLatencies> Latencies = new(StringComparer.Ordinal)
    {
        ["realistic"] = EmulatorLatencies.Realistic,
        ["degraded"] = EmulatorLatencies.Degraded,
        ["none"] = EmulatorLatencies.None,
    };

    public static Command Build(SandboxConsole output)
    {
        var listen = Endpoint("--listen", "Where to serve, as ADDRESS:PORT; port 0 chooses a free one.");
        var control = Endpoint("--control", "Where to listen for control requests, which nobody is asked to sign; port 0 chooses a free one.");
        var type = new Option<string>("--instance-type") { Description = "Type of the one instance.", DefaultValueFactory = _ => "ecs.g7.xlarge", HelpName = "TYPE" };
        type.Validators.Add(r =>
        {
            if (!InstanceTypeCatalog.Types.ContainsKey(new InstanceTypeId(r.GetValueOrDefault<string>() ?? "")))
                r.AddError($"--instance-type is one of {string.Join(", ", InstanceTypeCatalog.Types.Keys.Select(t => t.Value).Order(StringComparer.Ordinal))}.");
        });
        var latency = new Option<string>("--latency") { Description = "How long things take: as in the real cloud, as on a bad day, or no time.", DefaultValueFactory = _ => "realistic", HelpName = string.Join('|', Latencies.Keys) };
        latency.AcceptOnlyFromAmong([.. Latencies.Keys]);
        var faults = new Option<string?>("--faults") { Description = "Fault rules to begin with: a JSON file (see docs/emulator.md).", HelpName = "FILE" };
        var seed = new Option<int>("--seed") { Description = "Decides ids, addresses, latencies and what fault rules leave to chance.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var command = new Command("emulator", "Serve ECS, VPC, STS and the metadata service over HTTP until Ctrl-C: one VPC with two vSwitches and one instance.")
        {
            listen, control, type, latency, faults, seed,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new CloudEmulatorOptions { Latencies = Latencies[parsed.GetRequiredValue(latency)], Seed = parsed.GetValue(seed) };
            using var cloud = await EmulatedNode.CreateAsync(options, new InstanceTypeId(parsed.GetRequiredValue(type)));
            foreach (var rule in ReadRules(parsed.GetValue(faults)))
                cloud.Emulator.Faults.Add(rule);
            await ServeAsync(output, cloud, IPEndPoint.Parse(parsed.GetRequiredValue(listen)), IPEndPoint.Parse(parsed.GetRequiredValue(control)), cancellationToken);
        });
        return command;
    }

    private static Option<string> Endpoint(string name, string description)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => "127.0.0.1:0", HelpName = "ENDPOINT" };
        option.Validators.Add((OptionResult r) =>
        {
            if (!IPEndPoint.TryParse(r.GetValueOrDefault<string>() ?? "", out _))
                r.AddError($"{name} is ADDRESS:PORT, such as 127.0.0.1:8080.");
        });
        return option;
    }

    private static ImmutableArray<FaultRule> ReadRules(string? path)
    {
        if (path is null)
            return [];
        try
        {
            return FaultRuleJson.Read(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new SandboxException($"Reading the fault rules {path}: {e.Message}", e);
        }
    }

    private static async Task ServeAsync(
        SandboxConsole output, EmulatedNode cloud, IPEndPoint listen, IPEndPoint control, CancellationToken cancellationToken)
    {
        // All who ask the metadata service here are the one instance: they do not come from its address.
        var options = new CloudEmulatorServerOptions { Endpoints = [listen], ResolveInstance = _ => cloud.Instance };
        await using var server = await ListenAsync(listen, "--listen", () => CloudEmulatorServer.StartAsync(cloud.Emulator, options, cancellationToken));
        await using var controls = await ListenAsync(control, "--control", () => EmulatorControlServer.StartAsync(cloud.Emulator, control, cancellationToken));
        output.Say($"ECS, VPC  {server.BaseAddress}");
        output.Say($"metadata  {server.BaseAddress}latest/meta-data/");
        output.Say($"control   {controls.BaseAddress}");
        foreach (var line in cloud.Describe())
            output.Say(line);
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task<T> ListenAsync<T>(IPEndPoint endpoint, string option, Func<Task<T>> start)
    {
        try
        {
            return await start();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new SandboxException($"Listening on {endpoint}: {e.Message} Give another address or port with {option}; port 0 chooses a free one.", e);
        }
    }
}
