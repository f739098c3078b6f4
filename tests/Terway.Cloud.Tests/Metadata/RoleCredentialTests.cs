using System.Net;
using Terway.Cloud.Alibaba;
using Terway.Cloud.Testing;
using Terway.Testing;

namespace Terway.Cloud.Tests.Metadata;

public class RoleCredentialTests
{
    [Fact]
    public async Task Calls_go_on_over_many_lives_of_the_roles_key()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(
            new CloudEmulatorOptions { TimeProvider = time, RoleCredentialLifetime = TimeSpan.FromHours(1) }, role: "KubernetesWorkerRole");
        using var metadata = server.Metadata(time);
        var logger = new RecordingLogger<InstanceRoleCredentialProvider>();
        using var provider = new InstanceRoleCredentialProvider(metadata, time, logger);
        var api = server.ApiWith(provider);
        var keys = new HashSet<string>();

        for (var minute = 0; minute < 300; minute += 5)
        {
            (await api.FindVSwitchAsync(server.Cloud.VSwitch)).Should().NotBeNull();
            var key = await provider.GetCredentialAsync();
            // The old key serves while the new one is on its way.
            while (key.Expiration <= time.GetUtcNow().AddMinutes(20))
            {
                (key.Expiration > time.GetUtcNow().AddMinutes(15)).Should().BeTrue();
                await Task.Delay(1);
                key = await provider.GetCredentialAsync();
            }
            keys.Add(key.AccessKeyId);
            time.Advance(TimeSpan.FromMinutes(5));
        }

        keys.Count.Should().BeInRange(7, 8, "each key of an hour is replaced 20 minutes before its end");
        logger.Lines.Should().HaveCount(keys.Count).And.OnlyContain(l => l.StartsWith("4010"));
        var last = await provider.GetCredentialAsync();
        string.Join('\n', logger.Lines).Should().NotContain(last.AccessKeySecret).And.NotContain(last.SecurityToken);
    }

    [Fact]
    public async Task Instance_without_a_role_says_so()
    {
        await using var server = await TestServer.StartAsync();
        using var metadata = server.Metadata();
        using var provider = new InstanceRoleCredentialProvider(metadata);

        var failure = await Errors.OfAsync(async () => await provider.GetCredentialAsync());

        failure.Kind.Should().Be(CloudErrorKind.Permission);
        failure.Message.Should().Contain("no RAM role").And.Contain("Give the instance a RAM role");
    }

    [Fact]
    public async Task Old_key_serves_while_no_new_one_can_be_had_and_not_longer()
    {
        var time = new FakeTimeProvider();
        var fails = false;
        var asked = 0;
        using var http = new HttpClient(new StubHandler((_, request) => Answer(request)));
        using var metadata = new InstanceMetadataClient(new InstanceMetadataOptions { TimeProvider = time, MaxRetries = 0 }, http);
        using var provider = new InstanceRoleCredentialProvider(metadata, time);

        var first = await provider.GetCredentialAsync();
        fails = true;
        time.Advance(TimeSpan.FromMinutes(45));
        (await provider.GetCredentialAsync()).Should().BeSameAs(first);
        asked = 0;
        (await provider.GetCredentialAsync()).Should().BeSameAs(first);
        asked.Should().Be(0, "a failed refresh is not tried again with every call");
        time.Advance(TimeSpan.FromMinutes(16));
        (await Errors.OfAsync(async () => await provider.GetCredentialAsync())).Kind.Should().Be(CloudErrorKind.Retryable);
        fails = false;
        (await provider.GetCredentialAsync()).Expiration.Should().Be(time.GetUtcNow().AddHours(1));

        HttpResponseMessage Answer(HttpRequestMessage request)
        {
            asked++;
            if (fails)
                return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
            if (request.Method == HttpMethod.Put)
                return StubHandler.Json(HttpStatusCode.OK, "token");
            return StubHandler.Json(HttpStatusCode.OK, request.RequestUri!.AbsolutePath.EndsWith('/')
                ? "role\n"
                : $$"""{"AccessKeyId":"STS.x","AccessKeySecret":"s","SecurityToken":"t","Expiration":"{{time.GetUtcNow().AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}","Code":"Success"}""");
        }
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Code":"Failed"}""")]
    [InlineData("""{"AccessKeyId":"a","AccessKeySecret":"s","SecurityToken":"t","Expiration":"soon"}""")]
    public async Task Credential_that_does_not_read_is_an_error_without_its_text(string body)
    {
        using var http = new HttpClient(new StubHandler((_, _) => StubHandler.Json(HttpStatusCode.OK, body)));
        using var metadata = new InstanceMetadataClient(new InstanceMetadataOptions { MaxRetries = 0 }, http);

        (await Errors.OfAsync(() => metadata.GetRoleCredentialAsync("role"))).Code.Should().Be("Client.InvalidResponse");
    }
}
