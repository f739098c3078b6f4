namespace Terway.Cloud.Alibaba;

/// <summary>Sends one request and reads its answer, within a time; what goes wrong on the way is a <see cref="CloudApiException"/>.</summary>
internal sealed class RpcTransport(HttpClient http, TimeSpan requestTimeout, TimeProvider time)
{
    private const int MaxBodyBytes = 16 * 1024 * 1024;

    internal async Task<RpcAnswer> SendAsync(string action, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(requestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var body = await BoundedBody.ReadAsync(response.Content, MaxBodyBytes, either.Token).ConfigureAwait(false);
            return RpcAnswer.Of(response, body);
        }
        catch (OperationCanceledException gaveUp) when (!cancellationToken.IsCancellationRequested)
        {
            // A time-out of the HTTP client's own looks like a connection that was not made, but may end a call that was sent.
            var bound = timeout.IsCancellationRequested ? requestTimeout : http.Timeout;
            throw bound != Timeout.InfiniteTimeSpan
                ? AlibabaErrors.NoAnswer(action, AlibabaErrors.TimeoutCode, $"No answer within {bound.TotalSeconds:F0} s.", gaveUp)
                : AlibabaErrors.NotSent(action, $"{request.RequestUri!.Authority}: no connection in time.", gaveUp);
        }
        catch (HttpRequestException failure)
        {
            // Without a connection nothing was sent, so nothing can have happened.
            throw failure.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
                ? AlibabaErrors.NotSent(action, $"{request.RequestUri!.Authority}: {failure.Message}", failure)
                : AlibabaErrors.NoAnswer(action, AlibabaErrors.TransportCode, failure.Message, failure);
        }
        catch (IOException failure)
        {
            throw AlibabaErrors.NoAnswer(action, AlibabaErrors.TransportCode, failure.Message, failure);
        }
    }
}
