using System.CommandLine;
using System.Net;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Sandbox.Show;

namespace Terway.Sandbox.Cli;

/// <summary><c>emulator</c>: the cloud alone, over HTTP, for a client that is not on a sandbox's node.</summary>
internal static class EmulatorCommand
{
    private const string AccessKeyId = "LTAI-terway-emulator";
    private const string AccessKeySecret = "terway-emulator-secret";

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
        var command = new Command("emulator", "Serve ECS, VPC and the metadata service over HTTP until Ctrl-C: one VPC with two vSwitches and one instance.") { listen, type };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var endpoint = IPEndPoint.Parse(parsed.GetRequiredValue(listen));
            await ServeAsync(output, endpoint, new InstanceTypeId(parsed.GetRequiredValue(type)), cancellationToken);
        });
        return command;
    }

    private static async Task ServeAsync(SandboxConsole output, IPEndPoint endpoint, InstanceTypeId type, CancellationToken cancellationToken)
    {
        using var emulator = new CloudEmulator(new CloudEmulatorOptions());
        var vpc = emulator.AddVpc(Block);
        VSwitchId[] vSwitches = [.. ((string[])["10.0.1.0/24", "10.0.2.0/24"])
            .Select(cidr => emulator.AddVSwitch(new VSwitchSpec { VpcId = vpc, ZoneId = Zone, Cidr = IPNetwork.Parse(cidr) }))];
        var group = emulator.AddSecurityGroup(vpc);
        var instance = await emulator.AddInstanceAsync(new InstanceSpec { InstanceType = type, VSwitchId = vSwitches[0], SecurityGroupIds = [group] });
        emulator.AddAccessKey(new CloudCredential(AccessKeyId, AccessKeySecret));

        // All who ask the metadata service here are the one instance: they do not come from its address.
        var options = new CloudEmulatorServerOptions { Endpoints = [endpoint], ResolveInstance = _ => instance };
        await using var server = await CloudEmulatorServer.StartAsync(emulator, options, cancellationToken);
        output.Say($"ECS, VPC  {server.BaseAddress}");
        output.Say($"metadata  {server.BaseAddress}latest/meta-data/");
        output.Say($"key       {AccessKeyId} / {AccessKeySecret}");
        output.Say($"instance  {instance} ({type}), vSwitches {string.Join(", ", vSwitches)}, security group {group}");
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
