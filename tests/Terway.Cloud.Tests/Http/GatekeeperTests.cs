using System.Net;
using System.Text.Json;
using Terway.Cloud.Alibaba;
using Terway.Cloud.Testing;
using Terway.Cloud.Testing.Internal;
using Terway.Testing;

namespace Terway.Cloud.Tests.Http;

public class GatekeeperTests
{
    [Fact]
    public async Task Wrong_secret_and_unknown_key_are_refused()
    {
        await using var server = await TestServer.StartAsync();

        var wrongSecret = await FailAsync(server, new CloudCredential(TestServer.Key.AccessKeyId, "another"));
        var unknown = await FailAsync(server, new CloudCredential("LTAINobody", "another"));

        (wrongSecret.Code, wrongSecret.Kind).Should().Be(("SignatureDoesNotMatch", CloudErrorKind.Permission));
        (unknown.Code, unknown.Kind, unknown.HttpStatus).Should().Be(("InvalidAccessKeyId.NotFound", CloudErrorKind.Permission, 404));
        unknown.RequestId.Should().NotBeNull();
    }

    [Fact]
    public async Task Temporary_key_needs_its_own_token_and_ends()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(new CloudEmulatorOptions { TimeProvider = time });
        var key = new CloudCredential("STS.one", "secret", "token", time.GetUtcNow().AddHours(1));
        server.Cloud.Emulator.AddAccessKey(key);

        await server.ApiWith(new StaticCredentialProvider(key)).FindVSwitchAsync(server.Cloud.VSwitch);
        (await FailAsync(server, new CloudCredential("STS.one", "secret"))).Code.Should().Be("MissingSecurityToken");
        (await FailAsync(server, new CloudCredential("STS.one", "secret", "other"))).Code.Should().Be("InvalidSecurityToken.MismatchWithAccessKey");
        time.Advance(TimeSpan.FromHours(1));
        (await FailAsync(server, key)).Code.Should().Be("InvalidSecurityToken.Expired");
    }

    [Fact]
    public async Task Action_that_the_policy_does_not_allow_is_refused_with_a_hint()
    {
        await using var server = await TestServer.StartAsync();
        server.Cloud.Emulator.AddAccessKey(new CloudCredential("LTAIReader", "secret"), action => action.StartsWith("Describe", StringComparison.Ordinal));
        var api = server.ApiWith(new StaticCredentialProvider(new CloudCredential("LTAIReader", "secret")));
        await api.FindVSwitchAsync(server.Cloud.VSwitch);

        var failure = await Errors.OfAsync(() => api.DeleteNetworkInterfaceAsync(new EniId("eni-x")));

        failure.Code.Should().Be("Forbidden.RAM");
        failure.Kind.Should().Be(CloudErrorKind.Permission);
        failure.Message.Should().Contain("RAM policy");
    }

    [Fact]
    public async Task Clock_more_than_a_quarter_of_an_hour_off_is_refused_with_a_hint()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(new CloudEmulatorOptions { TimeProvider = time });
        var late = new FakeTimeProvider();
        late.Advance(TimeSpan.FromMinutes(14));
        var api = server.ApiWith(new StaticCredentialProvider(TestServer.Key), o => o with { TimeProvider = late });

        await api.FindVSwitchAsync(server.Cloud.VSwitch);
        late.Advance(TimeSpan.FromMinutes(2));
        var failure = await Errors.OfAsync(() => api.FindVSwitchAsync(server.Cloud.VSwitch));

        failure.Code.Should().Be("InvalidTimeStamp.Expired");
        failure.Hint.Should().Contain("clock");
    }

    [Fact]
    public async Task Request_sent_twice_is_refused_for_its_nonce()
    {
        await using var server = await TestServer.StartAsync();

        (await SendAsync(server, Signed(server, "nonce-1", "DescribeNetworkInterfaces"))).Status.Should().Be(200);
        (await SendAsync(server, Signed(server, "nonce-1", "DescribeNetworkInterfaces"))).Code.Should().Be("SignatureNonceUsed");
        (await SendAsync(server, Signed(server, "nonce-2", "DescribeNetworkInterfaces"))).Status.Should().Be(200);
    }

    [Theory]
    [InlineData("DescribeEverything", "", 404, "InvalidApi.NotFound")]
    [InlineData("DescribeVSwitches", "", 404, "InvalidApi.NotFound")]
    [InlineData("DescribeNetworkInterfaces", "Colour=blue", 400, "UnsupportedParameter")]
    [InlineData("DescribeNetworkInterfaces", "MaxResults=many", 400, "InvalidParameter")]
    [InlineData("DescribeNetworkInterfaces", "NextToken=forged", 400, "InvalidParameter")]
    [InlineData("DescribeNetworkInterfaces", "PageNumber=1&PageSize=0", 400, "InvalidParameter")]
    [InlineData("DescribeNetworkInterfaces", "PageNumber=1&PageSize=1001", 400, "InvalidParameter")]
    [InlineData("DescribeNetworkInterfaces", "PageNumber=0", 400, "InvalidParameter")]
    [InlineData("CreateNetworkInterface", "VSwitchId=vsw-x&SecurityGroupId=sg-x&SecurityGroupIds.1=sg-y", 400, "InvalidParameter.Conflict")]
    [InlineData("CreateNetworkInterface", "VSwitchId=vsw-x&SecurityGroupIds.1=sg-y&SecondaryPrivateIpAddressCount=0", 400, "InvalidParameter")]
    [InlineData("DeleteNetworkInterface", "", 400, "MissingParameter")]
    public async Task Requests_that_the_client_never_sends_are_refused_as_the_cloud_does(string action, string query, int status, string code)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await SendAsync(server, Signed(server, Guid.NewGuid().ToString(), action, query));

        answer.Status.Should().Be(status);
        answer.Code.Should().Be(code);
        answer.Body.GetProperty("HostId").GetString().Should().Be(server.Address.Authority);
        answer.Body.GetProperty("RequestId").ValueKind.Should().Be(JsonValueKind.String);
    }

    [Fact]
    public async Task Header_or_parameter_changed_after_signing_is_noticed()
    {
        await using var server = await TestServer.StartAsync();

        var otherAction = Signed(server, "n1", "DescribeNetworkInterfaces");
        otherAction.Headers.Remove("x-acs-action");
        otherAction.Headers.Add("x-acs-action", "DescribeInstances");
        var otherQuery = Signed(server, "n2", "DescribeNetworkInterfaces");
        otherQuery.RequestUri = new Uri(otherQuery.RequestUri + "&Status=InUse");
        var unsigned = Signed(server, "n3", "DescribeNetworkInterfaces");
        unsigned.Headers.Add("x-acs-extra", "1");
        var otherBody = Signed(server, "n4", "DescribeNetworkInterfaces");
        otherBody.Content = new StringContent("Status=InUse");

        (await SendAsync(server, otherAction)).Code.Should().Be("SignatureDoesNotMatch");
        (await SendAsync(server, otherQuery)).Code.Should().Be("SignatureDoesNotMatch");
        (await SendAsync(server, unsigned)).Code.Should().Be("IncompleteSignature");
        (await SendAsync(server, otherBody)).Code.Should().Be("SignatureDoesNotMatch");
    }

    [Fact]
    public async Task Older_signature_among_the_parameters_is_accepted_and_checked()
    {
        await using var server = await TestServer.StartAsync();
        List<KeyValuePair<string, string>> parameters =
        [
            new("Action", "DescribeNetworkInterfaces"), new("Version", "2014-05-26"), new("Format", "JSON"), new("RegionId", "cn-hangzhou"),
            new("AccessKeyId", TestServer.Key.AccessKeyId), new("SignatureMethod", "HMAC-SHA1"), new("SignatureVersion", "1.0"), new("SignatureType", ""),
            new("SignatureNonce", "v1-nonce"), new("Timestamp", DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ")), new("MaxResults", "10"),
        ];
        HttpRequestMessage Request(string secret) => new(
            HttpMethod.Post,
            new Uri(server.Address, "/?" + SignatureText.Query([.. parameters, new("Signature", HmacSha1Check.Sign("POST", parameters, secret))])));

        (await SendAsync(server, Request("wrong"))).Code.Should().Be("SignatureDoesNotMatch");
        var answer = await SendAsync(server, Request(TestServer.Key.AccessKeySecret));

        answer.Status.Should().Be(200);
        answer.Body.GetProperty("NetworkInterfaceSets").GetProperty("NetworkInterfaceSet").GetArrayLength().Should().Be(1);
    }

    [Fact]
    public async Task Older_paging_by_number_gives_that_page_and_the_whole_count()
    {
        await using var server = await TestServer.StartAsync();
        for (var i = 0; i < 12; i++)
            await server.Cloud.CreateEniAsync();

        var answer = await SendAsync(server, Signed(server, "p1", "DescribeNetworkInterfaces", "PageNumber=2&PageSize=10"));
        var beyond = await SendAsync(server, Signed(server, "p3", "DescribeNetworkInterfaces", "PageNumber=2147483647&PageSize=1000"));
        var first = await SendAsync(server, Signed(server, "p2", "DescribeNetworkInterfaces", "MaxResults=1"));

        answer.Body.GetProperty("TotalCount").GetInt32().Should().Be(13);
        answer.Body.GetProperty("NetworkInterfaceSets").GetProperty("NetworkInterfaceSet").GetArrayLength().Should().Be(3);
        beyond.Body.GetProperty("NetworkInterfaceSets").GetProperty("NetworkInterfaceSet").GetArrayLength().Should().Be(0);
        first.Body.GetProperty("NetworkInterfaceSets").GetProperty("NetworkInterfaceSet").GetArrayLength().Should().Be(10, "fewer than 10 are never given");
        first.Body.GetProperty("NextToken").GetString().Should().NotBeEmpty();
    }

    private static async Task<CloudApiException> FailAsync(TestServer server, CloudCredential key) =>
        await Errors.OfAsync(() => server.ApiWith(new StaticCredentialProvider(key)).FindVSwitchAsync(server.Cloud.VSwitch));

    private static HttpRequestMessage Signed(TestServer server, string nonce, string action, string query = "")
    {
        var parameters = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('='))
            .Select(p => KeyValuePair.Create(p[0], p[1])).Append(new("RegionId", "cn-hangzhou")).ToList();
        List<KeyValuePair<string, string>> headers =
        [
            new("x-acs-action", action), new("x-acs-version", "2014-05-26"), new("x-acs-date", DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ")),
            new("x-acs-signature-nonce", nonce), new("x-acs-content-sha256", Acs3Signer.EmptyPayloadHash),
        ];
        var signature = Acs3Signer.Sign(
            new Acs3Request("POST", "/", parameters, [.. headers, new("host", server.Address.Authority)], Acs3Signer.EmptyPayloadHash),
            TestServer.Key.AccessKeyId, TestServer.Key.AccessKeySecret);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/?" + Acs3Signer.CanonicalQuery(parameters)));
        headers.ForEach(h => request.Headers.Add(h.Key, h.Value));
        request.Headers.TryAddWithoutValidation("Authorization", signature.Authorization);
        return request;
    }

    private static async Task<(int Status, string? Code, JsonElement Body)> SendAsync(TestServer server, HttpRequestMessage request)
    {
        using var http = new HttpClient();
        using var response = await http.SendAsync(request);
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return ((int)response.StatusCode, body.TryGetProperty("Code", out var code) ? code.GetString() : null, body);
    }
}
