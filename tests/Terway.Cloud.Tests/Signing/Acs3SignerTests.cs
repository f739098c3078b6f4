using System.Text;
using Terway.Cloud.Alibaba;

namespace Terway.Cloud.Tests.Signing;

/// <summary>The published and computed vectors of the signature scheme.</summary>
public class Acs3SignerTests
{
    private const string Empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void Published_RunInstances_example_is_signed_as_published()
    {
        var request = new Acs3Request(
            "POST", "/",
            Pairs(("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"), ("RegionId", "cn-shanghai")),
            Pairs(
                ("host", "ecs.cn-shanghai.aliyuncs.com"), ("x-acs-action", "RunInstances"), ("x-acs-version", "2014-05-26"),
                ("x-acs-date", "2023-10-26T10:22:32Z"), ("x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d"), ("x-acs-content-sha256", Empty)),
            Empty);

        var signature = Acs3Signer.Sign(request, "YourAccessKeyId", "YourAccessKeySecret");

        signature.SignedHeaders.Should().Be("host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version");
        signature.CanonicalHash.Should().Be("7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259");
        signature.Signature.Should().Be("06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
        signature.Authorization.Should().Be($"ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders={signature.SignedHeaders},Signature={signature.Signature}");
    }

    [Theory]
    [InlineData("GET", "/", "d16b30a7699ae9e43875b13195b2f81bcc3ed10c14a9b5eb780e51619aa50be1")]
    [InlineData("", "/", "4ab59fffe3c5738ff8a2729f90cc04fe18b02a4b15b2102cbaf92f9ff3df2ea3")]
    [InlineData("undefined", "", "0f2d549523cf082c83bb8135b5863614f7fe16ca7c2c7fc537e74d67374eeeac")]
    public void Headers_that_come_twice_are_sorted_and_joined(string method, string path, string expected)
    {
        var request = new Acs3Request(
            method, path, Pairs(("test", "ok"), ("empty", "")), Pairs(("x-acs-test", "http"), ("x-acs-TEST", "https")),
            "55e12e91650d2fec56ec74e1d3e4ddbfce2ef3a65890c2a19ecf88a307e76a23");

        Acs3Signer.Sign(request, "acesskey", "secret").Signature.Should().Be(expected);
    }

    [Fact]
    public void Temporary_key_arrays_empty_values_and_other_letters_are_signed()
    {
        var query = Pairs(
            ("Tag.1.Value", "terway test/ä*~"), ("Tag.1.Key", "creator"), ("RegionId", "cn-hangzhou"), ("NextToken", ""), ("MaxResults", "500"),
            ("NetworkInterfaceId.2", "eni-bp1aaaaaaaaaaaaaaaa2"), ("NetworkInterfaceId.1", "eni-bp1aaaaaaaaaaaaaaaa1"));
        var request = new Acs3Request(
            "POST", "/", query,
            Pairs(
                ("host", "ecs-vpc.cn-hangzhou.aliyuncs.com"), ("x-acs-action", "DescribeNetworkInterfaces"), ("x-acs-version", "2014-05-26"),
                ("x-acs-date", "2025-01-02T03:04:05Z"), ("x-acs-signature-nonce", "9c5f0d5e-0000-4000-8000-000000000001"),
                ("x-acs-content-sha256", Empty), ("x-acs-accesskey-id", "STS.TestAccessKeyId"), ("x-acs-security-token", "TestSecurityToken"),
                ("accept", "application/json")),
            Empty);

        var signature = Acs3Signer.Sign(request, "STS.TestAccessKeyId", "TestAccessKeySecret");

        Acs3Signer.CanonicalQuery(query).Should().Be(
            "MaxResults=500&NetworkInterfaceId.1=eni-bp1aaaaaaaaaaaaaaaa1&NetworkInterfaceId.2=eni-bp1aaaaaaaaaaaaaaaa2&NextToken=&RegionId=cn-hangzhou&Tag.1.Key=creator&Tag.1.Value=terway%20test%2F%C3%A4%2A~");
        signature.SignedHeaders.Should().Be("host;x-acs-accesskey-id;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version");
        signature.CanonicalHash.Should().Be("ae823e5415f5ead58f3d426d8f1cd569a15a27dff8f29b8c701bd2809debbbbc");
        signature.Signature.Should().Be("883c387e0cdb2d63afcf0551be8ab2d9a6a78339d3f5a59feac3fa94f88e9056");
    }

    [Fact]
    public void Form_body_is_signed_by_its_hash_and_its_content_type()
    {
        var body = Encoding.UTF8.GetBytes("DurationSeconds=3600&RoleArn=acs%3Aram%3A%3A1234567890123456%3Arole%2Fterway&RoleSessionName=terway");
        var payload = Acs3Signer.Hash(body);
        var request = new Acs3Request(
            "POST", "/", [],
            Pairs(
                ("host", "sts.aliyuncs.com"), ("content-type", "application/x-www-form-urlencoded"), ("x-acs-action", "AssumeRole"),
                ("x-acs-version", "2015-04-01"), ("x-acs-date", "2025-01-02T03:04:05Z"),
                ("x-acs-signature-nonce", "9c5f0d5e-0000-4000-8000-000000000002"), ("x-acs-content-sha256", payload)),
            payload);

        var signature = Acs3Signer.Sign(request, "TestAccessKeyId", "TestAccessKeySecret");

        payload.Should().Be("e790912231428af68e543093567a2df27609b0a4b64603c3c4a006aea9f68baa");
        signature.CanonicalHash.Should().Be("fb7b8e04ee8682412c5571f6992e65cf6ac54d959df5d147061368a79a21cedb");
        signature.Signature.Should().Be("b99b4aad98326b784d34a34a3f87c2c0dddd352b3e52ed27e11d62c0e871e7c9");
    }

    [Fact]
    public void Hash_of_nothing_is_the_constant()
    {
        Acs3Signer.Hash([]).Should().Be(Acs3Signer.EmptyPayloadHash);
    }

    private static KeyValuePair<string, string>[] Pairs(params (string Key, string Value)[] pairs) =>
        [.. pairs.Select(p => KeyValuePair.Create(p.Key, p.Value))];
}
