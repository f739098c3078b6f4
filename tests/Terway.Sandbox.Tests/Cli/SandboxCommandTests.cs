using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Tests.EndToEnd;

namespace Terway.Sandbox.Tests.Cli;

/// <summary>The commands as a person or a script runs them.</summary>
public sealed class SandboxCommandTests : IAsyncDisposable
{
    private const string Manifests = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop}
        spec: {nodeName: node-2, containers: [{name: c, image: x, ports: [{containerPort: 8080}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: client, namespace: shop}
        spec: {containers: [{name: c, image: x}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: the-name-of-a-pod-may-be-longer-than-the-name-of-a-host-7d9c5b8-abcde}
        spec: {containers: [{name: c, image: x}]}
        """;

    private const string LongName = "the-name-of-a-pod-may-be-longer-than-the-name-of-a-host-7d9c5b8-abcde";

    private const string Probes = """
        [{"from": "shop/client", "to": "shop/web", "protocol": "TCP", "port": 8080},
         {"from": "shop/client", "to": "shop/web", "protocol": "UDP", "port": 8080},
         {"from": "node/node-1", "to": "shop/web", "protocol": "ICMP"},
         {"from": "vpc", "to": "shop/web", "protocol": "TCP", "port": 8081},
         {"from": "vpc", "to": "10.0.200.1", "protocol": "ICMP"}]
        """;

    private static readonly string[] Verdicts = ["allow", "allow", "allow", "deny", "deny"];

    private readonly TemporaryFolder _folder = new();
    private readonly SandboxName _name = SandboxName.Unique("cli");

    public SandboxCommandTests()
    {
        Directory.CreateDirectory(_folder.File("manifests"));
        File.WriteAllText(Path.Combine(_folder.File("manifests"), "pods.yaml"), Manifests);
        File.WriteAllText(_folder.File("probes.json"), Probes);
    }

    /// <summary>Also after a failure nothing of the sandbox stays.</summary>
    public async ValueTask DisposeAsync()
    {
        await Leftovers.SweepAsync(_name, CancellationToken.None);
        _folder.Dispose();
    }

    [Fact]
    public async Task Run_prints_the_results_and_leaves_nothing()
    {
        var done = await RunAsync("run", "--name", _name.Value, "--manifests", _folder.File("manifests"), "--probes", _folder.File("probes.json"), "--nodes", "2", "--output", "json");

        done.ExitCode.Should().Be(0, done.Error);
        Verdict(done.Output).Should().Equal(Verdicts);
        Leftovers.Find(_name).ToString().Should().Be("nothing");
    }

    [Fact]
    public async Task Up_probe_exec_and_down_do_it_step_by_step()
    {
        (await RunAsync("up", "--name", _name.Value, "--manifests", _folder.File("manifests"))).Checked().Output.Should().Contain("shop/web").And.Contain("node-2");
        (await RunAsync("up", "--name", _name.Value)).ExitCode.Should().Be(1, "it is up already");

        Verdict((await RunAsync("probe", "--name", _name.Value, "--probes", _folder.File("probes.json"), "--output", "json")).Checked().Output).Should().Equal(Verdicts);
        (await RunAsync("exec", "--name", _name.Value, "shop/web", "--", "hostname")).Checked().Output.Trim().Should().Be("web");
        (await RunAsync("exec", "--name", _name.Value, LongName, "--", "hostname")).Checked().Output.Trim().Should().Be("the-name-of-a-pod-may-be-longer-than-the-name-of-a-host-7d9c5b8", "kubelet cuts it so");
        (await RunAsync("exec", "--name", _name.Value, "shop/web", "--", "sh", "-c", "exit 7")).ExitCode.Should().Be(7);
        (await RunAsync("exec", "--name", _name.Value, "node/node-1", "--", "terwayd", "show", "pods")).Checked().Output.Should().Contain("client");
        (await RunAsync("delete", "--name", _name.Value, "shop/client")).Checked();
        (await RunAsync("pods", "--name", _name.Value)).Checked().Output.Should().Contain("shop/web").And.NotContain("shop/client");

        (await RunAsync("down", "--name", _name.Value)).Checked();
        Leftovers.Find(_name).ToString().Should().Be("nothing");
        (await RunAsync("down", "--name", _name.Value)).Checked().Output.Should().Contain("nothing is there");
        (await RunAsync("probe", "--name", _name.Value, "--probes", _folder.File("probes.json"))).Error.Should().Contain("No sandbox");
    }

    [Fact]
    public async Task Run_that_is_interrupted_leaves_nothing()
    {
        using var run = Process.Start(StartInfo("run", "--name", _name.Value, "--manifests", _folder.File("manifests"), "--probes", _folder.File("probes.json")))!;
        var progress = new List<string>();
        while (await run.StandardError.ReadLineAsync() is { } line)
        {
            progress.Add(line);
            if (line.Contains("terwayd serves", StringComparison.Ordinal))
                break;
        }

        Process.Start("kill", ["-INT", run.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        await run.WaitForExitAsync();

        run.ExitCode.Should().NotBe(0, string.Join('\n', progress));
        Leftovers.Find(_name).ToString().Should().Be("nothing");
    }

    [Fact]
    public async Task Down_removes_what_a_killed_server_left()
    {
        (await RunAsync("up", "--name", _name.Value, "--nodes", "1")).Checked();
        var server = Leftovers.Find(_name).Processes.Single(p => ProcessTable.CommandLine(p).Contains(" serve ", StringComparison.Ordinal));
        Process.GetProcessById(server).Kill();
        Leftovers.Find(_name).Namespaces.Should().NotBeEmpty();

        (await RunAsync("down", "--name", _name.Value)).Checked();

        Leftovers.Find(_name).ToString().Should().Be("nothing");
    }

    [Theory]
    [InlineData("no/such", "there is no 'no/such'; there are: default/the-name-of-a-pod-may-be-longer-than-the-name-of-a-host-7d9c5b8-abcde, node/node-1, node/node-2, shop/client, shop/web, vpc")]
    [InlineData("node/none", "there is no 'node/none'")]
    public async Task A_probe_from_nowhere_is_an_error_that_says_what_there_is(string from, string message)
    {
        await File.WriteAllTextAsync(_folder.File("bad.json"), $$"""[{"from": "{{from}}", "to": "10.0.0.1", "protocol": "ICMP"}]""");

        var done = await RunAsync("run", "--manifests", _folder.File("manifests"), "--probes", _folder.File("bad.json"));

        done.ExitCode.Should().Be(1);
        done.Error.Should().Contain(message);
    }

    private static string[] Verdict(string json) => [.. JsonNode.Parse(json)!.AsArray().Select(r => (string)r!["verdict"]!)];

    private static ProcessStartInfo StartInfo(params string[] arguments)
    {
        string[] programs = arguments[0] is "run" or "up" ? ["--bin", Path.GetDirectoryName(BuiltPrograms.Paths.Plugin)!] : [];
        return new ProcessStartInfo("dotnet", [typeof(VpcSandbox).Assembly.Location, .. arguments, .. programs]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
    }

    private static async Task<CommandResult> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(StartInfo(arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandResult(string.Join(' ', arguments), process.ExitCode, await output, await error);
    }
}
