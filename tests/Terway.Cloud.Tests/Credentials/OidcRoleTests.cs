using Terway.Cloud.Alibaba;
using Terway.Testing;

namespace Terway.Cloud.Tests.Credentials;

/// <summary>Service accounts take roles by STS, against the emulator over HTTP.</summary>
public class OidcRoleTests
{
    private const string Provider = "acs:ram::1234567890123456:oidc-provider/ack-rrsa-c1";
    private const string Role = "acs:ram::1234567890123456:role/terway";
    private const string Subject = "system:serviceaccount:kube-system:terway";

    [Fact]
    public async Task Service_account_calls_with_its_roles_key_over_many_lives_of_it()
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(time);
        using var http = CloudHttp.CreateApiClient();
        var source = Source(server, http, () => server.Cloud.Emulator.IssueOidcToken(Provider, Subject, TimeSpan.FromMinutes(10)));
        using var provider = new RefreshingCredentialProvider(source, new CredentialRefreshOptions { TimeProvider = time });
        var api = server.ApiWith(provider);
        var keys = new HashSet<string>();

        for (var minute = 0; minute < 180; minute += 10)
        {
            (await api.FindVSwitchAsync(server.Cloud.VSwitch)).Should().NotBeNull();
            keys.Add((await provider.GetCredentialAsync()).AccessKeyId);
            time.Advance(TimeSpan.FromMinutes(10));
        }

        keys.Count.Should().BeGreaterThan(3);
    }

    [Fact]
    public async Task Sts_refuses_what_it_must_and_no_message_quotes_the_token()
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(time);
        using var http = CloudHttp.CreateApiClient();
        var good = server.Cloud.Emulator.IssueOidcToken(Provider, Subject, TimeSpan.FromMinutes(10));
        var old = server.Cloud.Emulator.IssueOidcToken(Provider, Subject, TimeSpan.Zero);
        var other = server.Cloud.Emulator.IssueOidcToken(Provider, Subject, TimeSpan.FromMinutes(10), audience: "somebody");
        var stranger = server.Cloud.Emulator.IssueOidcToken(Provider, "system:serviceaccount:default:other", TimeSpan.FromMinutes(10));
        var codes = new List<string>();

        foreach (var token in new[] { "no-token", good[..^4] + "AAAA", old, other, stranger })
        {
            var failure = await Errors.OfAsync(() => Source(server, http, () => token).FetchAsync());
            failure.ToString().Should().NotContain(token);
            failure.Kind.Should().Be(failure.Code.EndsWith("Expired", StringComparison.Ordinal) ? CloudErrorKind.Retryable : CloudErrorKind.Permission);
            codes.Add(failure.Code);
        }
        var role = await Errors.OfAsync(() => Source(server, http, () => good, o => o with { RoleArn = Role + "2" }).FetchAsync());

        codes.Should().Equal(
            "AuthenticationFail.OIDCToken.Invalid", "AuthenticationFail.OIDCToken.InvalidSignature", "AuthenticationFail.OIDCToken.Expired",
            "AuthenticationFail.OIDCToken.AudienceNotMatch", "AuthenticationFail.NoPermission");
        (role.Code, role.Hint).Should().Be(("AuthenticationFail.NoPermission", role.Hint));
        role.Message.Should().Contain("trust policy");
        (await Source(server, http, () => null).FetchAsync()).Should().BeNull("without a token the source is not set up");
    }

    [Fact]
    public async Task Key_that_the_cloud_ends_early_is_replaced_within_the_call()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(new() { TimeProvider = time }, role: "NodeRole");
        using var metadata = server.Metadata(time);
        using var provider = new InstanceRoleCredentialProvider(metadata, time);
        var logger = new RecordingLogger<AlibabaEniApi>();
        var api = server.ApiWith(provider, logger: logger);
        await api.FindVSwitchAsync(server.Cloud.VSwitch);
        var first = await provider.GetCredentialAsync();

        server.Cloud.Emulator.ExpireTemporaryKeys().Should().Be(1);
        var found = await api.FindVSwitchAsync(server.Cloud.VSwitch);

        found.Should().NotBeNull();
        (await provider.GetCredentialAsync()).AccessKeyId.Should().NotBe(first.AccessKeyId);
        logger.Lines.Should().ContainSingle(l => l.StartsWith("4012") && l.Contains("InvalidSecurityToken.Expired") && l.Contains(first.AccessKeyId));
    }

    [Fact]
    public async Task Permanent_key_that_is_revoked_is_told_after_one_try()
    {
        await using var server = await TestServer.StartAsync();
        server.Cloud.Emulator.RevokeAccessKey(TestServer.Key.AccessKeyId);
        var calls = 0;
        var source = new CredentialSource("the configuration", "-", _ =>
        {
            calls++;
            return Task.FromResult<CloudCredential?>(TestServer.Key);
        });
        using var provider = new RefreshingCredentialProvider(source);

        var failure = await Errors.OfAsync(() => server.ApiWith(provider).FindVSwitchAsync(server.Cloud.VSwitch));

        (failure.Code, failure.Kind).Should().Be(("InvalidAccessKeyId.NotFound", CloudErrorKind.Permission));
        calls.Should().Be(2, "the source was asked whether it has another key");
    }

    private static async Task<TestServer> StartAsync(FakeTimeProvider time)
    {
        var server = await TestServer.StartAsync(new() { TimeProvider = time });
        server.Cloud.Emulator.AddOidcProvider(Provider);
        server.Cloud.Emulator.AddOidcRole(Role, Provider, trusts: subject => subject == Subject);
        return server;
    }

    private static OidcRoleCredentialSource Source(
        TestServer server, HttpClient http, Func<string?> token, Func<OidcRoleOptions, OidcRoleOptions>? change = null)
    {
        var options = new OidcRoleOptions
        {
            RoleArn = Role,
            ProviderArn = Provider,
            Endpoint = server.Address.AbsoluteUri,
            TimeProvider = server.Cloud.Emulator.Options.TimeProvider,
        };
        return new OidcRoleCredentialSource(change is null ? options : change(options), _ => Task.FromResult(token()), http);
    }
}
