using Microsoft.Extensions.Logging;
using Terway.Cni.Daemon;
using Terway.Cloud.Alibaba;
using Terwayd.CommandLine;
using Terwayd.PolicyTool;

namespace Terwayd.Tests.CommandLine;

public class TerwaydCommandLineTests
{
    private DaemonArguments? _ran;
    private ShowArguments? _shown;

    [Fact]
    public async Task Without_arguments_the_daemon_runs_with_its_defaults()
    {
        (await InvokeAsync()).Should().Be(0);

        _ran.Should().Be(new DaemonArguments());
    }

    [Theory]
    [InlineData("-config", "/etc/eni/eni_conf", "-daemon-mode", "ENIMultiIP", "-log-level", "DEBUG")]
    [InlineData("--config", "/etc/eni/eni_conf", "--daemon-mode", "ENIMultiIP", "--log-level", "debug")]
    [InlineData("-config=/etc/eni/eni_conf", "--daemon-mode=ENIMultiIP", "-log-level=debug")]
    public async Task Flags_are_taken_with_one_dash_or_two(params string[] arguments)
    {
        (await InvokeAsync(arguments)).Should().Be(0);

        _ran.Should().Be(new DaemonArguments { ConfigPath = "/etc/eni/eni_conf", LogLevel = LogLevel.Debug });
    }

    [Fact]
    public async Task Paths_can_be_moved()
    {
        await InvokeAsync("--socket", "/a.sock", "--lock", "/a.lock", "--state-dir", "/state", "--cni-conf-dir", "/net.d", "--cni-conf-source", "/src", "--manifests", "/objects");

        _ran.Should().Be(new DaemonArguments
        {
            SocketPath = "/a.sock",
            LockPath = "/a.lock",
            StateDirectory = "/state",
            CniConfDirectory = "/net.d",
            CniConfSource = "/src",
            Manifests = "/objects",
        });
        _ran!.StorePath.Should().Be("/state/terway.db");
        _ran.SpoolDirectory.Should().Be("/state/pending");
        _ran.CniConfSourceDirectory.Should().Be("/src");
        new DaemonArguments { ConfigPath = "/etc/eni/eni_conf" }.CniConfSourceDirectory.Should().Be("/etc/eni");
    }

    [Theory]
    [InlineData(null, ShowOutput.Table, "show")]
    [InlineData(ShowSubject.Pods, ShowOutput.Json, "show", "pods", "--output", "json")]
    [InlineData(ShowSubject.Enis, ShowOutput.Table, "show", "enis", "-output", "table")]
    [InlineData(ShowSubject.Pool, ShowOutput.Table, "show", "pool")]
    [InlineData(ShowSubject.Policy, ShowOutput.Json, "policy", "show", "--output", "json")]
    public async Task Show_takes_a_subject_and_a_form(object? subject, object form, params string[] arguments)
    {
        (await InvokeAsync([.. arguments, "--socket", "/a.sock"])).Should().Be(0);

        _shown.Should().Be(new ShowArguments((ShowSubject?)subject, (ShowOutput)form, "/a.sock"));
        _ran.Should().BeNull();
    }

    [Theory]
    [InlineData(ShowSubject.Address, "10.0.0.7", "show", "address", "10.0.0.7")]
    [InlineData(ShowSubject.Eni, "eni-1", "show", "eni", "eni-1")]
    [InlineData(ShowSubject.Pod, "default/web-0", "explain", "pod", "default/web-0")]
    public async Task History_is_asked_by_name(object subject, string name, params string[] arguments)
    {
        (await InvokeAsync([.. arguments, "--output", "json", "--socket", "/a.sock"])).Should().Be(0);

        _shown.Should().Be(new ShowArguments((ShowSubject)subject, ShowOutput.Json, "/a.sock", name));
    }

    [Theory]
    [InlineData("show", "address")]
    [InlineData("show", "address", "10.0.0.x")]
    [InlineData("show", "eni")]
    [InlineData("show", "pods", "web-0")]
    [InlineData("explain", "pod")]
    [InlineData("explain", "pod", "web-0")]
    [InlineData("explain", "eni", "default/web-0")]
    [InlineData("show", "everything")]
    [InlineData("show", "pods", "--output", "yaml")]
    [InlineData("--no-such-flag")]
    [InlineData("start")]
    public async Task What_is_not_understood_is_refused(params string[] arguments)
    {
        (await InvokeAsync(arguments)).Should().NotBe(0);

        _ran.Should().BeNull();
        _shown.Should().BeNull();
    }

    [Fact]
    public void The_environment_is_read_by_name()
    {
        var variables = new Dictionary<string, string?>
        {
            ["NODE_NAME"] = "node-1",
            ["ECS_ENDPOINT"] = "http://10.0.0.1:80",
            ["VPC_ENDPOINT"] = "",
            ["ALICLOUD_ENDPOINT_TYPE"] = "public",
            ["ALICLOUD_CLIENT_SCHEME"] = "http",
            ["ALIBABA_CLOUD_IMDSV1_DISABLED"] = "True",
            ["ALICLOUD_SIGNATURE_VERSION"] = "1.0",
            ["X-ACSPROXY-ASCM-CONTEXT"] = "context",
            ["ALIBABA_CLOUD_STS_ENDPOINT"] = "sts.test",
            ["ALIBABA_CLOUD_ROLE_ARN"] = "role",
            ["ALIBABA_CLOUD_OIDC_PROVIDER_ARN"] = "provider",
            ["ALIBABA_CLOUD_OIDC_TOKEN_FILE"] = "/var/run/token",
        };

        var read = TerwaydEnvironment.Read(name => variables.GetValueOrDefault(name));

        read.Should().Be(new TerwaydEnvironment
        {
            NodeName = "node-1",
            EcsEndpoint = "http://10.0.0.1:80",
            PublicEndpoints = true,
            PlainHttp = true,
            MetadataTokenRequired = true,
            Signature = SignatureScheme.RpcHmacSha1,
            AscmContext = "context",
            StsEndpoint = "sts.test",
            ServiceAccountRole = new ServiceAccountRole("role", "provider", "/var/run/token", "terwayd"),
            Keys = read.Keys,
        });
    }

    private Task<int> InvokeAsync(params string[] arguments) => new TerwaydCommandLine(
        (a, _) =>
        {
            _ran = a;
            return Task.FromResult(0);
        },
        (a, _) =>
        {
            _shown = a;
            return Task.FromResult(0);
        },
        new PolicyCommandLine(
            new PolicyReasoning(TextWriter.Null, TextWriter.Null),
            new PolicyCleanup(() => throw new InvalidOperationException("no kernel here"), TextWriter.Null, TextWriter.Null),
            (a, _) =>
            {
                _shown = a;
                return Task.FromResult(0);
            }),
        new StringWriter()).InvokeAsync(arguments, CancellationToken.None);
}
