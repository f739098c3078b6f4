using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Sandbox.Show;

namespace Terway.Sandbox.Cli;

/// <summary><c>emulator</c>: the cloud alone, over HTTP, for a client that is not on a sandbox's node.</summary>
internal static class EmulatorCommand
{
    private const string AccessKeyId = "LTAI-terway-emulator";
    private const string AccessKeySecret = "terway-emulator-secret";
    private const string Realistic = "realistic";
    private const string Role = "terway-emulator-role";

    private static readonly IPNetwork Block = IPNetwork.Parse("10.0.0.0/16");
    private static readonly ZoneId Zone = new("cn-hangzhou-k");

    public static Command Build(SandboxConsole output)
    {
        var listen = new Option<string>("--listen")
        {
            Description = "Where to serve, as ADDRESS:PORT; port 0 chooses a free one.",
            DefaultValueFactory = _ => "127.0.0.1:0",
            HelpName = "ENDPOINT",
        };
        listen.Validators.Add(r =>
        {
            if (!IPEndPoint.TryParse(r.GetValueOrDefault<string>() ?? "", out _))
                r.AddError("--listen is ADDRESS:PORT, such as 127.0.0.1:8080.");
        });
        var type = new Option<string>("--instance-type") { Description = "Type of the one instance.", DefaultValueFactory = _ => "ecs.g7.xlarge", HelpName = "TYPE" };
        type.Validators.Add(r =>
        {
            if (!InstanceTypeCatalog.Types.ContainsKey(new InstanceTypeId(r.GetValueOrDefault<string>() ?? "")))
                r.AddError($"--instance-type is one of {string.Join(", ", InstanceTypeCatalog.Types.Keys.Select(t => t.Value).Order(StringComparer.Ordinal))}.");
        });
        var latency = new Option<string>("--latency") { Description = "How long calls take: as in the real cloud, or no time.", DefaultValueFactory = _ => Realistic, HelpName = "realistic|none" };
        latency.AcceptOnlyFromAmong(Realistic, "none");
        var command = new Command("emulator", "Serve ECS, VPC and the metadata service over HTTP until Ctrl-C: one VPC with two vSwitches and one instance.") { listen, type, latency };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var endpoint = IPEndPoint.Parse(parsed.GetRequiredValue(listen));
            var latencies = parsed.GetRequiredValue(latency) == Realistic ? EmulatorLatencies.Realistic : EmulatorLatencies.None;
            await ServeAsync(output, endpoint, new InstanceTypeId(parsed.GetRequiredValue(type)), latencies, cancellationToken);
        });
        return command;
    }

    private static async Task ServeAsync(
        SandboxConsole output, IPEndPoint endpoint, InstanceTypeId type, EmulatorLatencies latencies, CancellationToken cancellationToken)
    {
        using var emulator = new CloudEmulator(new CloudEmulatorOptions { Latencies = latencies });
        var vpc = emulator.AddVpc(Block);
        VSwitchId[] vSwitches = [.. ((string[])["10.0.1.0/24", "10.0.2.0/24"])
            .Select(cidr => emulator.AddVSwitch(new VSwitchSpec { VpcId = vpc, ZoneId = Zone, Cidr = IPNetwork.Parse(cidr) }))];
        var group = emulator.AddSecurityGroup(vpc);
        emulator.AddRole(Role);
        var instance = await emulator.AddInstanceAsync(new InstanceSpec { InstanceType = type, VSwitchId = vSwitches[0], SecurityGroupIds = [group], RoleName = Role });
        emulator.AddAccessKey(new CloudCredential(AccessKeyId, AccessKeySecret));

        // All who ask the metadata service here are the one instance: they do not come from its address.
        var options = new CloudEmulatorServerOptions { Endpoints = [endpoint], ResolveInstance = _ => instance };
        await using var server = await StartAsync(emulator, options, endpoint, cancellationToken);
        output.Say($"ECS, VPC  {server.BaseAddress}");
        output.Say($"metadata  {server.BaseAddress}latest/meta-data/");
        output.Say($"region    {emulator.Options.RegionId}");
        output.Say($"key       {AccessKeyId} / {AccessKeySecret}, or the instance's role {Role}");
        output.Say($"instance  {instance} ({type}), vSwitches {string.Join(", ", vSwitches)}, security group {group}");
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task<CloudEmulatorServer> StartAsync(
        CloudEmulator emulator, CloudEmulatorServerOptions options, IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            return await CloudEmulatorServer.StartAsync(emulator, options, cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new SandboxException($"Listening on {endpoint}: {e.Message} Give another address or port with --listen; port 0 chooses a free one.", e);
        }
    }
}
