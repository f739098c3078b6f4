using System.Net;

namespace Terway.Cloud.Tests;

/// <summary>Answers requests from a script and keeps them.</summary>
internal sealed class StubHandler(Func<int, HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    internal List<HttpRequestMessage> Requests { get; } = [];

    internal static HttpResponseMessage Json(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body) };

    internal static HttpResponseMessage Error(HttpStatusCode status, string code) =>
        Json(status, $$"""{"RequestId":"REQ-1","HostId":"ecs.test","Code":"{{code}}","Message":"as told"}""");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return Task.FromResult(answer(Requests.Count, request));
    }
}
