using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Terway.Cloud;
using Terway.Cloud.Alibaba;

namespace Terway.Sandbox.Tests.Cli;

/// <summary>The emulator as a command, asked by the real client.</summary>
public sealed class EmulatorCommandTests
{
    [Fact]
    public async Task Real_client_with_the_instances_role_is_served_until_the_interrupt()
    {
        using var process = Start("--latency", "none");
        var address = new Uri((await process.StandardOutput.ReadLineAsync())!.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]);
        using var http = CloudHttp.CreateMetadataClient();
        using var metadata = new InstanceMetadataClient(new InstanceMetadataOptions { BaseAddress = address }, http);
        var instance = await metadata.GetInstanceAsync();
        using var role = new InstanceRoleCredentialProvider(metadata);
        var api = new AlibabaEniApi(
            new AlibabaCloudOptions { RegionId = instance.RegionId, EcsEndpoint = address.AbsoluteUri, VpcEndpoint = address.AbsoluteUri }, role, http);

        var found = await api.ListNetworkInterfacesAsync(new NetworkInterfaceQuery { InstanceId = instance.InstanceId });
        Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        await process.WaitForExitAsync();

        found.Should().ContainSingle().Which.MacAddress.Should().Be(instance.PrimaryMacAddress);
        process.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Port_that_is_taken_and_unknown_type_are_errors_that_say_what_helps()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        (await FailAsync("--listen", taken.LocalEndpoint.ToString()!)).Should().Contain("Listening on 127.0.0.1:").And.Contain("--listen").And.NotContain("   at ");
        (await FailAsync("--instance-type", "ecs.none")).Should().Contain("ecs.g7.xlarge").And.NotContain("   at ");
    }

    private static async Task<string> FailAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(1, $"{await output} {error}");
        return error;
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(VpcSandbox).Assembly.Location, "emulator", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
