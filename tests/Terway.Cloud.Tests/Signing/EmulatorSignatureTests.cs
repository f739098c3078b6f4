using Terway.Cloud.Testing.Internal;

namespace Terway.Cloud.Tests.Signing;

/// <summary>The emulator checks signatures with code of its own: the same vectors hold for it.</summary>
public class EmulatorSignatureTests
{
    private const string Empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void Acs3_published_example_is_recomputed()
    {
        var message = new RpcMessage(
            "POST", "ecs.cn-shanghai.aliyuncs.com",
            Pairs(("RegionId", "cn-shanghai"), ("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd")), [],
            Pairs(
                ("host", "ecs.cn-shanghai.aliyuncs.com"), ("x-acs-action", "RunInstances"), ("x-acs-version", "2014-05-26"),
                ("x-acs-date", "2023-10-26T10:22:32Z"), ("x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d"), ("x-acs-content-sha256", Empty)),
            []);

        var signature = Acs3Check.Sign(
            message, "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version", Empty, "YourAccessKeySecret", out var canonical);

        canonical.Should().Be("7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259");
        signature.Should().Be("06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
    }

    [Fact]
    public void Acs3_other_letters_are_escaped_byte_by_byte()
    {
        SignatureText.Query(Pairs(("Tag.1.Value", "terway test/ä*~"), ("NextToken", "")))
            .Should().Be("NextToken=&Tag.1.Value=terway%20test%2F%C3%A4%2A~");
    }

    [Fact]
    public void Sha1_published_example_is_recomputed()
    {
        var parameters = Pairs(
            ("Timestamp", "2016-02-23T12:46:24Z"), ("Format", "XML"), ("AccessKeyId", "testid"), ("Action", "DescribeRegions"),
            ("SignatureMethod", "HMAC-SHA1"), ("SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"), ("Version", "2014-05-26"), ("SignatureVersion", "1.0"));

        HmacSha1Check.Sign("GET", parameters, "testsecret").Should().Be("OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
    }

    [Fact]
    public void Sha1_sdk_examples_are_recomputed()
    {
        var sdk = Pairs(
            ("Version", ""), ("Action", ""), ("Format", "JSON"), ("Timestamp", "mock date"), ("SignatureMethod", "HMAC-SHA1"), ("SignatureVersion", "1.0"),
            ("SignatureType", ""), ("SignatureNonce", "MOCK_UUID"), ("AccessKeyId", "accessKeyId"), ("RegionId", "regionId"));

        HmacSha1Check.Sign("", Pairs(("test", "ok")), "accessKeySecret").Should().Be("jHx/oHoHNrbVfhncHEvPdHXZwHU=");
        HmacSha1Check.Sign("GET", Pairs(("query", "test"), ("body", "test")), "secret").Should().Be("XlUyV4sXjOuX5FnjUz9IF9tm5rU=");
        HmacSha1Check.Sign("GET", sdk, "accessKeySecret").Should().Be("7loPmFjvDnzOVnQeQNj85S6nFGY=");
        HmacSha1Check.Sign("GET", [.. sdk, .. Pairs(("SecurityToken", "accessKeyStsToken"))], "accessKeySecret").Should().Be("5Nxdcler+ihqWqv0Hr2On4PsBf4=");
    }

    [Fact]
    public void Sha1_create_with_arrays_and_tags_is_recomputed()
    {
        var parameters = Pairs(
            ("Action", "CreateNetworkInterface"), ("Version", "2014-05-26"), ("Format", "JSON"), ("AccessKeyId", "TestAccessKeyId"),
            ("SignatureMethod", "HMAC-SHA1"), ("SignatureVersion", "1.0"), ("SignatureType", ""), ("SignatureNonce", "9c5f0d5e-0000-4000-8000-000000000003"),
            ("Timestamp", "2025-01-02T03:04:05Z"), ("RegionId", "cn-hangzhou"), ("VSwitchId", "vsw-bp1test"), ("SecurityGroupIds.1", "sg-bp1a"),
            ("SecurityGroupIds.2", "sg-bp1b"), ("Tag.1.Key", "creator"), ("Tag.1.Value", "terway test/*~"), ("InstanceType", "Secondary"),
            ("SecondaryPrivateIpAddressCount", "9"));

        HmacSha1Check.Sign("POST", parameters, "TestAccessKeySecret").Should().Be("VB1LRSkUL5u1Q4W+NX4l+zabbNk=");
    }

    private static KeyValuePair<string, string>[] Pairs(params (string Key, string Value)[] pairs) =>
        [.. pairs.Select(p => KeyValuePair.Create(p.Key, p.Value))];
}
