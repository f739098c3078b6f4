using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Terway.Cloud;
using Terway.Cloud.Alibaba;
using Terway.Cloud.Testing;

namespace Terway.Sandbox.Tests.Cli;

/// <summary>docs/emulator.md is followed to the letter.</summary>
public sealed partial class EmulatorDocumentTests
{
    private readonly string _document = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "emulator.md"));

    [Fact]
    public async Task Incident_of_the_document_is_reproduced_by_its_own_commands()
    {
        using var process = Start("--latency", "none");
        var printed = new Dictionary<string, string>();
        for (var line = await process.StandardOutput.ReadLineAsync(); line is not null && !printed.ContainsKey("instance"); line = await process.StandardOutput.ReadLineAsync())
        {
            var parts = line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            printed[parts[0].TrimEnd(',')] = parts[1].Replace("VPC ", "", StringComparison.Ordinal).Trim();
            if (parts[0] == "instance")
                break;
        }

        var ids = Ids().Matches(printed["instance"]).Select(m => m.Value).ToList();
        var variables = new Dictionary<string, string> { ["CONTROL"] = printed["control"].TrimEnd('/'), ["VSWITCH"] = ids[0] };
        var blocks = ShellBlocks().Matches(_document).Select(m => m.Groups["block"].Value).ToList();
        blocks.Should().HaveCount(3);
        try
        {
            await RunAsync(blocks[0], variables);
            await RunProgramAsync(printed["ECS"], printed["region"], printed["key"], new VSwitchId(ids[0]), new SecurityGroupId(ids[2]));
            (await RunAsync(blocks[1], variables)).Should().Equal(Expected(blocks[1]));
            (await RunAsync(blocks[2], variables)).Should().Equal(Expected(blocks[2]));
        }
        finally
        {
            Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
            await process.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task Document_names_every_path_of_the_control_endpoint()
    {
        using var cloud = new CloudEmulator();
        await using var control = await EmulatorControlServer.StartAsync(cloud);
        using var http = new HttpClient();

        var index = (await http.GetFromJsonAsync<JsonNode>(control.BaseAddress))!["paths"]!.AsArray();

        index.Should().NotBeEmpty();
        index.Select(p => $"`{p!["method"]} {p["path"]}`").Should().OnlyContain(path => _document.Contains(path));
    }

    /// <summary>The program of the document; its lines are there.</summary>
    private async Task RunProgramAsync(string address, string regionName, string keyText, VSwitchId vSwitch, SecurityGroupId group)
    {
        var region = new RegionId(regionName);
        var halves = keyText.Split(',')[0].Split(" / ");
        var key = new CloudCredential(halves[0], halves[1]);
        using var http = CloudHttp.CreateApiClient();

        var options = new AlibabaCloudOptions { RegionId = region, EcsEndpoint = address, VpcEndpoint = address, RequestTimeout = TimeSpan.FromSeconds(1) };
        var cloud = new AlibabaEniApi(options, new StaticCredentialProvider(key), http);
        var eni = await cloud.CreateNetworkInterfaceAsync(new CreateNetworkInterfaceRequest
        {
            VSwitchId = vSwitch,
            SecurityGroupIds = [group],
            SecondaryIpAddressCount = 3,
        });

        eni.Value.SecondaryIpAddresses.Should().HaveCount(3);
        var source = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot(), "tests", "Terway.Sandbox.Tests", "Cli", "EmulatorDocumentTests.cs"));
        var shown = CodeBlocks().Match(_document).Groups["block"].Value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        shown.Should().NotBeEmpty().And.OnlyContain(line => source.Contains(line));
    }

    private static async Task<IReadOnlyList<string>> RunAsync(string script, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var bash = Process.Start(start)!;
        var error = bash.StandardError.ReadToEndAsync();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        bash.ExitCode.Should().Be(0, $"{script} said {await error} {output}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>What the commands print by their comments.</summary>
    private static List<string> Expected(string block) => [.. Comments().Matches(block).Select(m => m.Groups["printed"].Value)];

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(VpcSandbox).Assembly.Location, "emulator", .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true })!;

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Terway.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex("^```sh\n(?<block>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShellBlocks();

    [GeneratedRegex("^```csharp\n(?<block>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeBlocks();

    [GeneratedRegex(" # (?<printed>[0-9]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comments();

    [GeneratedRegex("(vsw|sg)-[0-9a-z]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ids();
}
