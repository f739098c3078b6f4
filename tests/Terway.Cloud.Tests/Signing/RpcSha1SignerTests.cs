using Terway.Cloud.Alibaba;

namespace Terway.Cloud.Tests.Signing;

/// <summary>The published and computed vectors of RPC version 1, and its calls.</summary>
public class RpcSha1SignerTests
{
    [Fact]
    public void Published_DescribeRegions_example_is_signed_as_published()
    {
        var parameters = Pairs(
            ("Timestamp", "2016-02-23T12:46:24Z"), ("Format", "XML"), ("AccessKeyId", "testid"), ("Action", "DescribeRegions"),
            ("SignatureMethod", "HMAC-SHA1"), ("SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"), ("Version", "2014-05-26"), ("SignatureVersion", "1.0"));

        RpcSha1Signer.Sign("GET", parameters, "testsecret").Should().Be("OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
    }

    [Fact]
    public void Examples_of_the_official_sdks_are_signed_as_there()
    {
        var sdk = Pairs(
            ("Version", ""), ("Action", ""), ("Format", "JSON"), ("Timestamp", "mock date"), ("SignatureMethod", "HMAC-SHA1"), ("SignatureVersion", "1.0"),
            ("SignatureType", ""), ("SignatureNonce", "MOCK_UUID"), ("AccessKeyId", "accessKeyId"), ("RegionId", "regionId"));

        RpcSha1Signer.Sign("", Pairs(("test", "ok")), "accessKeySecret").Should().Be("jHx/oHoHNrbVfhncHEvPdHXZwHU=");
        RpcSha1Signer.Sign("GET", Pairs(("query", "test"), ("body", "test")), "secret").Should().Be("XlUyV4sXjOuX5FnjUz9IF9tm5rU=");
        RpcSha1Signer.Sign("GET", sdk, "accessKeySecret").Should().Be("7loPmFjvDnzOVnQeQNj85S6nFGY=");
        RpcSha1Signer.Sign("GET", [.. sdk, .. Pairs(("SecurityToken", "accessKeyStsToken"))], "accessKeySecret").Should().Be("5Nxdcler+ihqWqv0Hr2On4PsBf4=");
    }

    [Fact]
    public void Create_with_arrays_and_tags_is_signed_as_computed()
    {
        var parameters = Pairs(
            ("RegionId", "cn-hangzhou"), ("VSwitchId", "vsw-bp1test"), ("SecurityGroupIds.1", "sg-bp1a"), ("SecurityGroupIds.2", "sg-bp1b"),
            ("Tag.1.Key", "creator"), ("Tag.1.Value", "terway test/*~"), ("InstanceType", "Secondary"), ("SecondaryPrivateIpAddressCount", "9"));
        var call = new SignedCall(
            RpcAction.CreateNetworkInterface, new Uri("https://ecs.test/"), parameters, DateTimeOffset.Parse("2025-01-02T03:04:05Z"),
            "9c5f0d5e-0000-4000-8000-000000000003", new Dictionary<string, string>());

        using var request = call.Sign(SignatureScheme.RpcHmacSha1, new CloudCredential("TestAccessKeyId", "TestAccessKeySecret"));

        request.RequestUri!.Query.Should().Contain($"&Signature={Uri.EscapeDataString("VB1LRSkUL5u1Q4W+NX4l+zabbNk=")}&");
        request.Headers.Authorization.Should().BeNull();
    }

    [Theory]
    [InlineData(SignatureScheme.Acs3HmacSha256)]
    [InlineData(SignatureScheme.RpcHmacSha1)]
    public async Task Strict_server_takes_calls_of_either_scheme_with_either_kind_of_key(SignatureScheme scheme)
    {
        await using var server = await TestServer.StartAsync();
        var temporary = new CloudCredential("STS.temporary", "do-not-log-secret-OfTemporary", "do-not-log-token-Of/Temporary+==", DateTimeOffset.MaxValue);
        server.Cloud.Emulator.AddAccessKey(temporary);

        foreach (var key in new[] { TestServer.Key, temporary })
        {
            var api = server.ApiWith(new StaticCredentialProvider(key), o => o with { Signature = scheme });
            var eni = (await api.CreateNetworkInterfaceAsync(server.Cloud.NewEni(secondary: 1) with { Tags = [new("creator", "terway test/ä*~+ ")] })).Value;
            (await api.FindNetworkInterfaceAsync(eni.Id)).Should().Be(server.Cloud.Now(eni.Id));
        }
        var wrong = server.ApiWith(new StaticCredentialProvider(new CloudCredential(TestServer.Key.AccessKeyId, "do-not-log-secret-ThatIsWrong")), o => o with { Signature = scheme });
        (await Errors.OfAsync(() => wrong.FindVSwitchAsync(server.Cloud.VSwitch))).Code.Should().Be("SignatureDoesNotMatch");
    }

    private static KeyValuePair<string, string>[] Pairs(params (string Key, string Value)[] pairs) =>
        [.. pairs.Select(p => KeyValuePair.Create(p.Key, p.Value))];
}
