using System.Security.Cryptography;
using System.Text;
using Terway.Cloud.Alibaba;

namespace Terway.Cloud.Tests.Credentials;

public class CredentialSourceTests
{
    private const string Keyring = "0123456789abcdef";

    [Fact]
    public async Task First_source_that_is_set_up_wins()
    {
        var chain = new CredentialChain(Absent("first"), Gives("second"), Gives("third"));

        (await chain.FetchAsync())!.AccessKeyId.Should().Be("second");
        chain.Name.Should().Be("first, second, third");
    }

    [Fact]
    public async Task Source_that_is_set_up_and_fails_ends_the_search()
    {
        var failing = new CredentialSource("broken", "-", _ => throw new CloudApiException("Read", CloudErrorKind.Permission, "Broken", "It is broken."));
        var chain = new CredentialChain(Absent("first"), failing, Gives("third"));

        (await Errors.OfAsync(() => chain.FetchAsync())).Code.Should().Be("Broken");
    }

    [Fact]
    public async Task Chain_without_any_key_tells_of_every_source()
    {
        using var provider = new RefreshingCredentialProvider(new CredentialChain(Absent("one"), Absent("two")));

        (await Errors.OfAsync(async () => await provider.GetCredentialAsync())).Message.Should().Contain("one: No one here.").And.Contain("two: No two here.");
    }

    [Theory]
    [InlineData(true, true, false)]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, true)]
    public async Task Environment_gives_a_key_when_both_halves_are_set(bool id, bool secret, bool token)
    {
        var source = CredentialSource.Environment(name => name switch
        {
            "ALIBABA_CLOUD_ACCESS_KEY_ID" => id ? "LTAI-environment" : null,
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET" => secret ? "do-not-log-secret" : "",
            "ALIBABA_CLOUD_SECURITY_TOKEN" => token ? "do-not-log-token" : null,
            _ => null,
        });

        var key = await source.FetchAsync();

        (key is not null).Should().Be(id && secret);
        (key?.SecurityToken is not null).Should().Be(id && secret && token);
        (key?.AccessKeySecret ?? "do-not-log-secret").Should().Be("do-not-log-secret");
    }

    [Fact]
    public async Task Token_file_is_decrypted()
    {
        var source = File(TokenFile());

        var key = (await source.FetchAsync())!;

        (key.AccessKeyId, key.AccessKeySecret, key.SecurityToken).Should().Be(("STS.file", "do-not-log-secret-InTokenFile", "do-not-log-token-InTokenFile"));
        key.Expiration.Should().Be(DateTimeOffset.Parse("2030-01-02T03:04:05Z"));
        (await File(null).FetchAsync()).Should().BeNull("a file that is not there is a source that is not set up");
    }

    [Theory]
    [InlineData("not json at all: hush", "no JSON")]
    [InlineData("{}", "keyring is missing")]
    [InlineData("""{"keyring":"0123456789abcdef","access.key.id":"%%%"}""", "neither base64 nor a time")]
    [InlineData("""{"keyring":"0123456789abcdef","access.key.id":"AAAA"}""", "access.key.id is too short")]
    [InlineData("""{"keyring":"short","access.key.id":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}""", "does not decrypt")]
    [InlineData("""{"keyring":"0123456789abcdef","access.key.id":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}""", "does not decrypt")]
    public async Task Token_file_that_does_not_read_is_an_error_that_says_why_without_quoting_it(string content, string reason)
    {
        var failure = await Errors.OfAsync(() => File(content).FetchAsync());

        failure.ToString().Should().Contain("/var/addon/token-config").And.Contain(reason).And.NotContain("hush").And.NotContain("AAAA");
    }

    [Fact]
    public async Task Token_file_that_tells_of_an_error_is_that_error()
    {
        var failure = await Errors.OfAsync(() => File("""{"error":{"roleName":"AliyunCSManagedNetworkRole","code":"NoPermission","message":"no role"}}""").FetchAsync());

        (failure.Code, failure.Kind).Should().Be(("NoPermission", CloudErrorKind.Permission));
        failure.Message.Should().Contain("AliyunCSManagedNetworkRole").And.Contain("no role");
    }

    private static CredentialSource Absent(string name) => new(name, $"No {name} here.", _ => Task.FromResult<CloudCredential?>(null));

    private static CredentialSource Gives(string name) => new(name, "-", _ => Task.FromResult<CloudCredential?>(new CloudCredential(name, "do-not-log-secret-OfSource")));

    private static EncryptedTokenFileSource File(string? content) =>
        new("/var/addon/token-config", _ => Task.FromResult(content is null ? null : Encoding.UTF8.GetBytes(content)));

    private static string TokenFile() =>
        $$"""{"access.key.id":"{{Encrypt("STS.file")}}","access.key.secret":"{{Encrypt("do-not-log-secret-InTokenFile")}}","security.token":"{{Encrypt("do-not-log-token-InTokenFile")}}","expiration":"2030-01-02T03:04:05Z","keyring":"{{Keyring}}"}""";

    private static string Encrypt(string text)
    {
        using var aes = Aes.Create();
        aes.Key = Encoding.UTF8.GetBytes(Keyring);
        byte[] iv = [.. Enumerable.Range(1, 16).Select(n => (byte)n)];
        return Convert.ToBase64String([.. iv, .. aes.EncryptCbc(Encoding.UTF8.GetBytes(text), iv)]);
    }
}
