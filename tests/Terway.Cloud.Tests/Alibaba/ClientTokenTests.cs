using System.Net;
using System.Web;
using Terway.Cloud.Alibaba;
using Terway.Testing;

namespace Terway.Cloud.Tests.Alibaba;

public class ClientTokenTests
{
    private static readonly CreateNetworkInterfaceRequest Request = new()
    {
        VSwitchId = new VSwitchId("vsw-1"),
        SecurityGroupIds = [new SecurityGroupId("sg-1")],
        Tags = [new("b", "2"), new("a", "1")],
    };

    [Theory]
    [InlineData("InternalError", true)]
    [InlineData("InvalidVSwitchId.IpNotEnough", true)]
    [InlineData("IdempotentFailed", false)]
    [InlineData("IdempotentParameterMismatch", false)]
    public async Task Identical_request_after_a_failure_takes_the_same_token_unless_the_token_is_spoilt(string code, bool same)
    {
        var stub = new StubHandler((_, _) => StubHandler.Error(HttpStatusCode.InternalServerError, code));
        using var http = new HttpClient(stub);
        var api = RetryTests.Api(http, o => o with { Backoff = BackoffTable.Once });

        await Errors.OfAsync(() => api.CreateNetworkInterfaceAsync(Request));
        await Errors.OfAsync(() => api.CreateNetworkInterfaceAsync(Request with { Tags = [new("a", "1"), new("b", "2")] }));

        (Token(stub.Requests[0]) == Token(stub.Requests[1])).Should().Be(same);
    }

    [Fact]
    public async Task Other_request_takes_another_token_and_a_given_token_is_sent_as_it_is()
    {
        var stub = new StubHandler((_, _) => StubHandler.Error(HttpStatusCode.InternalServerError, "InternalError"));
        using var http = new HttpClient(stub);
        var api = RetryTests.Api(http, o => o with { Backoff = TestBackoff.Attempts(2) });

        await Errors.OfAsync(() => api.CreateNetworkInterfaceAsync(Request));
        await Errors.OfAsync(() => api.CreateNetworkInterfaceAsync(Request with { SecondaryIpAddressCount = 1 }));
        await Errors.OfAsync(() => api.CreateNetworkInterfaceAsync(Request with { ClientToken = new ClientToken("mine") }));

        var tokens = stub.Requests.Select(Token).ToList();
        tokens.Should().HaveCount(6);
        tokens[0].Should().Be(tokens[1], "a repetition keeps its token").And.NotBe(tokens[2]);
        tokens[4].Should().Be("mine").And.Be(tokens[5]);
        stub.Requests.Select(r => r.Headers.GetValues("x-acs-signature-nonce").Single()).Should().OnlyHaveUniqueItems("a repetition is signed anew");
    }

    [Fact]
    public void Tokens_are_forgotten_after_a_while_and_beyond_their_number()
    {
        var time = new FakeTimeProvider();
        var cache = new ClientTokenCache(time);
        var (old, newer) = (new ClientToken("old"), new ClientToken("newer"));

        cache.Return("request", old);
        cache.Return("request", newer);
        cache.Take("request").Should().Be(newer, "the newest goes first");
        time.Advance(TimeSpan.FromMinutes(11));
        cache.Take("request").Should().NotBe(old);

        cache.Return("request", old);
        for (var i = 0; i < 500; i++)
            cache.Return($"other {i}", newer);
        cache.Take("request").Should().NotBe(old);
    }

    [Theory]
    [InlineData("")]
    [InlineData("has space")]
    [InlineData("ümlaut")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void Token_that_the_cloud_would_not_take_is_not_made(string text)
    {
        FluentActions.Invoking(() => new ClientToken(text)).Should().Throw<ArgumentException>();
    }

    private static string? Token(HttpRequestMessage request) => HttpUtility.ParseQueryString(request.RequestUri!.Query)["ClientToken"];
}
