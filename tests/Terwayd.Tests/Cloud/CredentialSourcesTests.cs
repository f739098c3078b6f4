using System.Net;
using System.Security.Cryptography;
using System.Text;
using Terway.Cloud;
using Terway.Cloud.Alibaba;
using Terway.Cloud.Testing;
using Terwayd.Cloud;
using Terwayd.CommandLine;
using Terwayd.Configuration;

namespace Terwayd.Tests.Cloud;

/// <summary>Each source alone, in the order in which they win, against a metadata service and an STS that are served.</summary>
public sealed class CredentialSourcesTests : IDisposable
{
    private const string Provider = "acs:ram::1234567890123456:oidc-provider/test";
    private const string Role = "acs:ram::1234567890123456:role/test";

    private readonly TemporaryFolder _folder = new();
    private readonly CloudEmulator _cloud = new();
    private readonly HttpClient _http = CloudHttp.CreateMetadataClient();

    public void Dispose()
    {
        _http.Dispose();
        _cloud.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Sources_win_in_their_order()
    {
        await using var server = await ServeAsync();
        var variables = new Dictionary<string, string?>
        {
            ["ADDON_SECRET_DIR"] = _folder["secret"],
            ["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "from-environment",
            ["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "do-not-log-secret-InEnvironment",
            ["ALIBABA_CLOUD_ROLE_ARN"] = Role,
            ["ALIBABA_CLOUD_OIDC_PROVIDER_ARN"] = Provider,
            ["ALIBABA_CLOUD_OIDC_TOKEN_FILE"] = _folder["token"],
            ["ALIBABA_CLOUD_STS_ENDPOINT"] = server.BaseAddress.AbsoluteUri,
        };
        var configuration = new EniConfiguration
        {
            AccessKeyId = "from-eni-conf",
            AccessKeySecret = "do-not-log-secret-InEniConf",
            CredentialPath = _folder["token-config"],
        };
        await File.WriteAllTextAsync(_folder["token"], _cloud.IssueOidcToken(Provider, "subject", TimeSpan.FromHours(1)) + "\n");
        await File.WriteAllTextAsync(_folder["token-config"], TokenFile());
        Directory.CreateDirectory(_folder["secret"]);
        await File.WriteAllTextAsync(Path.Combine(_folder["secret"], "access-key-id"), "from-secret");
        await File.WriteAllTextAsync(Path.Combine(_folder["secret"], "access-key-secret"), "do-not-log-secret-InFile");
        var found = new List<string>();

        await FindAsync();
        File.Delete(Path.Combine(_folder["secret"], "access-key-id"));
        await FindAsync();
        configuration.AccessKeyId = null;
        await FindAsync();
        variables.Remove("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
        await FindAsync();
        File.Delete(_folder["token"]);
        await FindAsync();
        File.Delete(_folder["token-config"]);
        await FindAsync();

        found.Take(3).Should().Equal("from-secret", "from-eni-conf", "from-environment");
        found[3].Should().StartWith("STS.");
        found[4].Should().Be("from-token-file");
        found[5].Should().StartWith("STS.").And.NotBe(found[3]);

        async Task FindAsync()
        {
            var environment = TerwaydEnvironment.Read(name => variables.GetValueOrDefault(name));
            found.Add((await FetchAsync(server, environment, configuration))!.AccessKeyId);
        }
    }

    [Fact]
    public async Task File_that_cannot_be_read_ends_the_search()
    {
        await using var server = await ServeAsync();
        Directory.CreateDirectory(_folder["token-config"]);

        var act = () => FetchAsync(server, new TerwaydEnvironment { SecretDirectory = _folder["none"] }, new EniConfiguration { CredentialPath = _folder["token-config"] });

        (await act.Should().ThrowAsync<CloudApiException>()).Which.Code.Should().Be("CredentialsUnreadable");
    }

    [Fact]
    public void Environment_prints_no_secret()
    {
        var environment = TerwaydEnvironment.Read(name => name switch
        {
            "ALIBABA_CLOUD_ACCESS_KEY_ID" => "visible",
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET" => "do-not-log-secret-InEnvironment",
            "ALIBABA_CLOUD_SECURITY_TOKEN" => "do-not-log-token-InEnvironment",
            _ => null,
        });

        environment.ToString().Should().NotContain("do-not-log").And.NotContain("do-not-log");
    }

    private async Task<CloudEmulatorServer> ServeAsync()
    {
        var vpc = _cloud.AddVpc(IPNetwork.Parse("10.0.0.0/16"));
        var vSwitch = _cloud.AddVSwitch(new VSwitchSpec { VpcId = vpc, ZoneId = new("cn-hangzhou-k"), Cidr = IPNetwork.Parse("10.0.1.0/24") });
        _cloud.AddRole("node");
        _cloud.AddOidcProvider(Provider);
        _cloud.AddOidcRole(Role, Provider);
        var instance = await _cloud.AddInstanceAsync(new InstanceSpec
        {
            InstanceType = new("ecs.g7.large"),
            VSwitchId = vSwitch,
            SecurityGroupIds = [_cloud.AddSecurityGroup(vpc)],
            RoleName = "node",
        });
        return await CloudEmulatorServer.StartAsync(_cloud, new CloudEmulatorServerOptions { ResolveInstance = _ => instance });
    }

    private async Task<CloudCredential?> FetchAsync(CloudEmulatorServer server, TerwaydEnvironment environment, EniConfiguration configuration)
    {
        using var metadata = new InstanceMetadataClient(new InstanceMetadataOptions { BaseAddress = server.BaseAddress }, _http);
        return await CredentialSources.Chain(environment, configuration, metadata, _cloud.Options.RegionId, _http, TimeProvider.System).FetchAsync();
    }

    private static string TokenFile()
    {
        var key = Encoding.UTF8.GetBytes("0123456789abcdef");
        string Encrypt(string text)
        {
            using var aes = Aes.Create();
            aes.Key = key;
            var iv = new byte[16];
            return Convert.ToBase64String([.. iv, .. aes.EncryptCbc(Encoding.UTF8.GetBytes(text), iv)]);
        }

        return $$"""{"access.key.id":"{{Encrypt("from-token-file")}}","access.key.secret":"{{Encrypt("do-not-log-secret-InTokenFile")}}","security.token":"{{Encrypt("do-not-log-token-InTokenFile")}}","expiration":"2099-01-02T03:04:05Z","keyring":"0123456789abcdef"}""";
    }
}
