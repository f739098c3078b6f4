using System.Net;
using Terway.Cloud.Alibaba;
using Terway.Cloud.Testing;

namespace Terway.Cloud.Tests.Alibaba;

public class RetryTests
{
    [Fact]
    public async Task Lost_reply_of_a_create_is_repeated_with_its_token_and_makes_one_eni()
    {
        await using var server = await TestServer.StartAsync();
        var before = server.Cloud.Emulator.Interfaces.Length;
        server.Cloud.Emulator.FaultPolicy = Once(EmulatedFault.LoseReply);

        var eni = (await server.Api.CreateNetworkInterfaceAsync(server.Cloud.NewEni())).Value;

        server.Cloud.Emulator.Interfaces.Should().HaveCount(before + 1).And.Contain(e => e.Id == eni.Id);
    }

    [Fact]
    public async Task Lost_reply_of_an_attach_is_not_repeated_but_told()
    {
        await using var server = await TestServer.StartAsync();
        var eni = await server.Cloud.CreateEniAsync();
        var calls = 0;
        server.Cloud.Emulator.FaultPolicy = _ =>
        {
            calls++;
            return EmulatedFault.LoseReply;
        };

        var failure = await Errors.OfAsync(() => server.Api.AttachNetworkInterfaceAsync(new(eni.Id, server.Cloud.Instance)));

        failure.Kind.Should().Be(CloudErrorKind.Ambiguous);
        calls.Should().Be(1);
        server.Cloud.Now(eni.Id).Status.Should().Be(EniStatus.InUse);
    }

    [Fact]
    public async Task Throttled_call_is_repeated_within_its_bound()
    {
        await using var server = await TestServer.StartAsync();
        var eni = await server.Cloud.CreateEniAsync();
        var calls = 0;
        server.Cloud.Emulator.FaultPolicy = _ => ++calls <= 3 ? EmulatedFault.Throttle : null;
        await server.Api.DeleteNetworkInterfaceAsync(eni.Id);
        calls.Should().Be(4);

        server.Cloud.Emulator.FaultPolicy = _ =>
        {
            calls++;
            return EmulatedFault.Throttle;
        };
        calls = 0;
        var failure = await Errors.OfAsync(() => server.Api.FindVSwitchAsync(server.Cloud.VSwitch));

        failure.IsThrottled.Should().BeTrue();
        calls.Should().Be(4);
    }

    [Fact]
    public async Task Server_fault_is_repeated_for_reads_and_tokened_calls_only()
    {
        await using var server = await TestServer.StartAsync();
        var eni = await server.Cloud.CreateAttachedEniAsync();
        server.Cloud.Emulator.FaultPolicy = Once(EmulatedFault.Refuse(500, "InternalError"));
        await server.Api.FindVSwitchAsync(server.Cloud.VSwitch);
        server.Cloud.Emulator.FaultPolicy = Once(EmulatedFault.Refuse(503, "ServiceUnavailable"));
        await server.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = 1 });
        server.Cloud.Emulator.FaultPolicy = Once(EmulatedFault.Refuse(500, "InternalError"));

        (await Errors.OfAsync(() => server.Api.DetachNetworkInterfaceAsync(new(eni.Id, server.Cloud.Instance)))).Kind.Should().Be(CloudErrorKind.Ambiguous);
    }

    [Fact]
    public async Task Conflict_is_waited_out_for_address_calls()
    {
        await using var server = await TestServer.StartAsync();
        var eni = await server.Cloud.CreateEniAsync();
        server.Cloud.Emulator.FaultPolicy = Once(EmulatedFault.Refuse(403, "Operation.Conflict"));

        (await server.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = 1 })).Value.Addresses.Should().HaveCount(1);
    }

    [Fact]
    public async Task Unreachable_endpoint_says_that_nothing_was_sent()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.ApiWith(new StaticCredentialProvider(TestServer.Key), o => o with { EcsEndpoint = "http://127.0.0.1:1/", Backoff = TestBackoff.Attempts(2) });

        var failure = await Errors.OfAsync(() => api.AttachNetworkInterfaceAsync(new(new EniId("eni-x"), server.Cloud.Instance)));

        failure.Code.Should().Be("Client.Transport");
        failure.Kind.Should().Be(CloudErrorKind.Retryable);
        failure.Message.Should().Contain("127.0.0.1:1");
    }

    [Fact]
    public async Task Silent_endpoint_is_given_up_after_the_request_timeout()
    {
        using var http = new HttpClient(new SilentHandler());
        var api = Api(http, o => o with { RequestTimeout = TimeSpan.FromMilliseconds(20), Backoff = BackoffTable.Once });

        (await Errors.OfAsync(() => api.DeleteNetworkInterfaceAsync(new EniId("eni-x")))).Should()
            .Match<CloudApiException>(f => f.Code == "Client.Timeout" && f.Kind == CloudErrorKind.Ambiguous);
        (await Errors.OfAsync(() => api.FindVSwitchAsync(new VSwitchId("vsw-x")))).Kind.Should().Be(CloudErrorKind.Retryable, "a read changes nothing");
    }

    [Fact]
    public async Task Time_out_of_the_http_client_itself_does_not_say_that_nothing_was_sent()
    {
        using var http = new HttpClient(new SilentHandler()) { Timeout = TimeSpan.FromMilliseconds(20) };

        var failure = await Errors.OfAsync(() => Api(http).AttachNetworkInterfaceAsync(new(new EniId("eni-x"), new InstanceId("i-x"))));

        (failure.Code, failure.Kind).Should().Be(("Client.Timeout", CloudErrorKind.Ambiguous));
    }

    [Fact]
    public async Task Cloud_that_quotes_the_request_does_not_bring_its_token_into_message_or_log()
    {
        using var http = new HttpClient(new StubHandler((_, request) => StubHandler.Json(
            HttpStatusCode.BadRequest,
            $$"""{"Code":"SignatureDoesNotMatch","Message":"got x-acs-security-token:{{request.Headers.GetValues("x-acs-security-token").Single()}}"}""")));
        var logger = new RecordingLogger<AlibabaEniApi>();
        var key = new CloudCredential("STS.one", "secret", "the-token/+==", DateTimeOffset.MaxValue);
        var api = new AlibabaEniApi(new AlibabaCloudOptions { RegionId = new("cn-test") }, new StaticCredentialProvider(key), http, logger);

        var failure = await Errors.OfAsync(() => api.DeleteNetworkInterfaceAsync(new EniId("eni-x")));

        failure.Message.Should().Contain("x-acs-security-token:(hidden)").And.NotContain("the-token");
        logger.Lines.Should().NotBeEmpty().And.NotContain(l => l.Contains("the-token"));
    }

    [Fact]
    public async Task Cancellation_is_never_wrapped()
    {
        using var http = new HttpClient(new SilentHandler());
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));

        await FluentActions.Awaiting(() => Api(http).DeleteNetworkInterfaceAsync(new EniId("eni-x"), cancel.Token))
            .Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Wait_that_the_cloud_asks_for_is_kept_and_bounded()
    {
        var waits = new List<TimeSpan?>();
        using var http = new HttpClient(new StubHandler((n, _) =>
        {
            var answer = StubHandler.Error(HttpStatusCode.BadRequest, "Throttling.Api");
            answer.Headers.Add("x-acs-retry-after", n == 1 ? "1500" : "-3");
            return answer;
        }));
        var options = new AlibabaCloudOptions { RegionId = new("cn-test"), MaxRetryDelay = TimeSpan.FromSeconds(4), Jitter = () => 0 };
        var schedule = new BackoffSchedule { Delay = TimeSpan.FromSeconds(1), Factor = 2 };

        waits.Add((await Errors.OfAsync(() => Api(http, o => o with { Backoff = BackoffTable.Once }).DeleteNetworkInterfaceAsync(new EniId("eni-x")))).RetryAfter);
        waits.Add((await Errors.OfAsync(() => Api(http, o => o with { Backoff = BackoffTable.Once }).DeleteNetworkInterfaceAsync(new EniId("eni-x")))).RetryAfter);

        waits.Should().Equal(TimeSpan.FromMilliseconds(1500), null);
        Enumerable.Range(1, 4).Select(n => RpcClient.DelayOf(options, schedule, n, null).TotalSeconds).Should().Equal(1, 2, 4, 4);
        RpcClient.DelayOf(options, schedule, 1, TimeSpan.FromSeconds(3)).Should().Be(TimeSpan.FromSeconds(3));
        RpcClient.DelayOf(options, schedule, 1, TimeSpan.FromHours(1)).Should().Be(TimeSpan.FromSeconds(4));
    }

    internal static AlibabaEniApi Api(HttpClient http, Func<AlibabaCloudOptions, AlibabaCloudOptions>? change = null)
    {
        var options = new AlibabaCloudOptions { RegionId = new("cn-test"), Backoff = TestBackoff.Quick };
        return new AlibabaEniApi(change is null ? options : change(options), new StaticCredentialProvider(TestServer.Key), http);
    }

    private static Func<EmulatedCall, EmulatedFault?> Once(EmulatedFault fault)
    {
        var left = 1;
        return _ => Interlocked.Decrement(ref left) == 0 ? fault : null;
    }

    private sealed class SilentHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("Never reached.");
        }
    }
}
