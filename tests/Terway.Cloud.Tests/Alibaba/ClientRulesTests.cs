using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Terway.Cloud.Alibaba;
using Terway.Testing;

namespace Terway.Cloud.Tests.Alibaba;

public class ClientRulesTests
{
    [Theory]
    [InlineData(EndpointNetwork.Vpc, false, null, "https://ecs-vpc.cn-beijing.aliyuncs.com/", "https://vpc-vpc.cn-beijing.aliyuncs.com/")]
    [InlineData(EndpointNetwork.Public, true, null, "http://ecs.cn-beijing.aliyuncs.com/", "http://vpc.cn-beijing.aliyuncs.com/")]
    [InlineData(EndpointNetwork.Vpc, true, "127.0.0.1:8080", "http://127.0.0.1:8080/", "http://127.0.0.1:8080/")]
    [InlineData(EndpointNetwork.Vpc, false, "http://emulator:80/", "http://emulator/", "http://emulator/")]
    public void Endpoints_follow_region_network_scheme_and_overrides(EndpointNetwork network, bool plain, string? given, string ecs, string vpc)
    {
        var options = new AlibabaCloudOptions { RegionId = new("cn-beijing"), Network = network, PlainHttp = plain, EcsEndpoint = given, VpcEndpoint = given };

        CloudProduct.Ecs.Endpoint(options).AbsoluteUri.Should().Be(ecs);
        CloudProduct.Vpc.Endpoint(options).AbsoluteUri.Should().Be(vpc);
    }

    [Fact]
    public void Endpoint_that_is_none_is_refused_at_once()
    {
        FluentActions.Invoking(() => CloudProduct.Ecs.Endpoint(new AlibabaCloudOptions { RegionId = new("x"), EcsEndpoint = "ftp://host" }))
            .Should().Throw<ArgumentException>().WithMessage("*ftp://host*");
    }

    [Fact]
    public async Task Any_minute_holds_at_most_the_limit_of_an_action()
    {
        var time = new FakeTimeProvider();
        var options = new AlibabaCloudOptions
        {
            RegionId = new("x"),
            TimeProvider = time,
            RateLimits = new Dictionary<string, int> { ["A"] = 40 },
            MaxRateLimitWait = TimeSpan.FromHours(1),
        };
        var limiter = new ActionRateLimiter(options);
        var passed = new List<DateTimeOffset>();

        var calls = Enumerable.Range(0, 200).Select(_ => PassAsync()).ToList();
        passed.Should().HaveCount(10, "a quarter goes at once");
        time.Advance(TimeSpan.FromMinutes(10));
        await Task.WhenAll(calls);
        passed.Should().OnlyContain(start => passed.Count(p => p >= start && p < start.AddMinutes(1)) <= 40);
        passed[^1].Should().BeOnOrBefore(passed[0].AddMinutes(7), "190 calls at 30 a minute");
        (await Errors.OfAsync(async () => await new ActionRateLimiter(options with { MaxRateLimitWait = TimeSpan.Zero, DefaultRateLimit = 1 }).WaitTwiceAsync("B")))
            .IsThrottled.Should().BeTrue();

        async Task PassAsync()
        {
            await limiter.WaitAsync("A", CancellationToken.None);
            passed.Add(time.GetUtcNow());
        }
    }

    [Fact]
    public async Task Secrets_are_in_no_log_line_and_in_no_text()
    {
        var logger = new RecordingLogger<AlibabaEniApi>();
        await using var server = await TestServer.StartAsync();
        var key = new CloudCredential("STS.visible", "hidden-secret", "hidden-token", DateTimeOffset.MaxValue);
        server.Cloud.Emulator.AddAccessKey(key);
        var api = server.ApiWith(new StaticCredentialProvider(key), logger: logger);

        await api.FindVSwitchAsync(server.Cloud.VSwitch);
        var failure = await Errors.OfAsync(() => api.DeleteNetworkInterfaceAsync(new EniId("eni-none")));

        logger.Lines.Should().HaveCount(2);
        logger.Lines[0].Should().StartWith("4000 DescribeVSwitches").And.Contain("RequestId=").And.Contain("DurationMs=");
        logger.Lines[1].Should().StartWith("4001 DeleteNetworkInterface").And.Contain("InvalidEniId.NotFound").And.Contain(failure.RequestId!.Value.Value);
        string.Join('\n', [.. logger.Lines, key.ToString(), failure.ToString()]).Should().NotContain("hidden").And.Contain("STS.visible");
    }

    [Fact]
    public async Task Extra_headers_are_sent_and_signed_where_they_must_be()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.ApiWith(new StaticCredentialProvider(TestServer.Key), o => o with
        {
            ExtraHeaders = new Dictionary<string, string> { ["X-ACSPROXY-ASCM-CONTEXT"] = "ctx", ["x-acs-source"] = "test" },
        });

        (await api.FindVSwitchAsync(server.Cloud.VSwitch)).Should().NotBeNull();
    }

    [Fact]
    public async Task Pages_that_go_in_a_circle_end_with_an_error()
    {
        using var http = new HttpClient(new StubHandler((n, _) =>
            StubHandler.Json(HttpStatusCode.OK, $$"""{"RequestId":"REQ-{{n}}","NextToken":"{{(n % 2 == 0 ? "even" : "odd")}}"}""")));

        var failure = await Errors.OfAsync(() => RetryTests.Api(http, o => o with { Backoff = BackoffTable.Once }).ListNetworkInterfacesAsync(new()));

        failure.Code.Should().Be("Client.InvalidResponse");
    }

    [Fact]
    public async Task Container_takes_the_key_from_the_source_that_is_registered_and_else_from_the_role()
    {
        await using var server = await TestServer.StartAsync(role: "NodeRole");
        IServiceCollection Services() => new ServiceCollection().AddLogging()
            .AddSingleton(new InstanceMetadataOptions { BaseAddress = server.Address }).AddTerwayCloud(_ => server.Options);
        await using var byRole = Services().BuildServiceProvider();
        await using var bySource = Services()
            .AddSingleton<ICredentialSource>(new CredentialSource("test", "-", _ => Task.FromResult<CloudCredential?>(TestServer.Key))).BuildServiceProvider();

        (await byRole.GetRequiredService<ICredentialProvider>().GetCredentialAsync()).AccessKeyId.Should().StartWith("STS.");
        (await bySource.GetRequiredService<ICredentialProvider>().GetCredentialAsync()).Should().BeSameAs(TestServer.Key);
    }

    [Fact]
    public async Task Container_gives_the_client_and_leaves_what_was_registered_before()
    {
        await using var server = await TestServer.StartAsync();
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<ICredentialProvider>(new StaticCredentialProvider(TestServer.Key));
        services.AddSingleton(new InstanceMetadataOptions { BaseAddress = server.Address });
        services.AddTerwayCloud(_ => server.Options);
        await using var provider = services.BuildServiceProvider();

        var instance = await provider.GetRequiredService<IInstanceMetadata>().GetInstanceAsync();
        var found = await provider.GetRequiredService<IEniApi>().ListNetworkInterfacesAsync(new() { InstanceId = instance.InstanceId });

        found.Should().ContainSingle().Which.Type.Should().Be(EniType.Primary);
    }
}

internal static class LimiterExtensions
{
    internal static async Task WaitTwiceAsync(this ActionRateLimiter limiter, string action)
    {
        await limiter.WaitAsync(action, CancellationToken.None);
        await limiter.WaitAsync(action, CancellationToken.None);
    }
}
