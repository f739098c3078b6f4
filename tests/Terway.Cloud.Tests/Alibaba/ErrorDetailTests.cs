using System.Net;
using Terway.Cloud.Alibaba;

namespace Terway.Cloud.Tests.Alibaba;

/// <summary>A failure carries everything that the service said.</summary>
public class ErrorDetailTests
{
    [Fact]
    public async Task Denial_says_who_may_not_do_what()
    {
        await using var server = await TestServer.StartAsync();
        var key = new CloudCredential("LTAI-weak", "do-not-log-secret-OfWeakKey");
        server.Cloud.Emulator.AddAccessKey(key, allows: action => action != "DeleteNetworkInterface");

        var failure = await Errors.OfAsync(() => server.ApiWith(new StaticCredentialProvider(key)).DeleteNetworkInterfaceAsync(new EniId("eni-x")));

        failure.Kind.Should().Be(CloudErrorKind.Permission);
        failure.Detail!.AccessDenied.Should().Contain("AuthAction", "ecs:DeleteNetworkInterface").And.ContainKey("PolicyType");
        failure.Detail.HostId.Should().Be(server.Address.Authority);
        failure.Detail.Recommend.Should().Contain(failure.Code);
        failure.Message.Should().Contain("AuthAction=ecs:DeleteNetworkInterface").And.Contain("AuthPrincipalDisplayName=LTAI-weak").And.Contain("Allow the action");
    }

    [Fact]
    public async Task Error_without_a_body_keeps_the_request_id_of_its_header()
    {
        using var http = new HttpClient(new StubHandler((_, _) =>
        {
            var answer = StubHandler.Json(HttpStatusCode.BadGateway, "<html>");
            answer.Headers.Add("x-acs-request-id", "REQ-9");
            return answer;
        }));

        var failure = await Errors.OfAsync(() => RetryTests.Api(http, o => o with { Backoff = BackoffTable.Once }).DeleteNetworkInterfaceAsync(new EniId("eni-x")));

        (failure.Code, failure.Kind, failure.RequestId?.Value).Should().Be(("Http502", CloudErrorKind.Ambiguous, "REQ-9"));
    }

    [Fact]
    public async Task Secrets_that_the_cloud_quotes_are_hidden_however_they_are_escaped()
    {
        const string Token = "the+token/==";
        using var http = new HttpClient(new StubHandler((_, request) => StubHandler.Json(
            HttpStatusCode.BadRequest,
            $$"""{"Code":"SignatureDoesNotMatch","Message":"server string to sign is:POST&%2F&{{Uri.EscapeDataString(request.RequestUri!.Query)}}","Recommend":"https://x?{{request.RequestUri.Query}}"}""")));
        var logger = new RecordingLogger<AlibabaEniApi>();
        var api = new AlibabaEniApi(
            new AlibabaCloudOptions { RegionId = new("cn-test"), Signature = SignatureScheme.RpcHmacSha1 },
            new StaticCredentialProvider(new CloudCredential("STS.one", "secret", Token, DateTimeOffset.MaxValue)), http, logger);

        var failure = await Errors.OfAsync(() => api.DeleteNetworkInterfaceAsync(new EniId("eni-x")));

        string.Join('\n', [.. logger.Lines, failure.ToString(), failure.Detail!.Recommend]).Should()
            .Contain("SecurityToken%3D(hidden)").And.Contain("SecurityToken=(hidden)").And.NotContain("the%2Btoken").And.NotContain("the%252Btoken").And.NotContain(Token);
    }
}
