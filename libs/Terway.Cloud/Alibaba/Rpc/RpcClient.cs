using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Terway.Cloud.Alibaba;

/// <summary>Calls actions: rate limit, credential, signature, answer, and repetition where an action allows it.</summary>
internal sealed class RpcClient
{
    private const int MaxBodyBytes = 16 * 1024 * 1024;
    private readonly AlibabaCloudOptions _options;
    private readonly ICredentialProvider _credentials;
    private readonly HttpClient _http;
    private readonly ILogger _logger;
    private readonly ActionRateLimiter _rateLimiter;
    private readonly ResiliencePipeline _retry;

    internal RpcClient(AlibabaCloudOptions options, ICredentialProvider credentials, HttpClient http, ILogger logger)
    {
        _options = options;
        _credentials = credentials;
        _http = http;
        _logger = logger;
        _rateLimiter = new ActionRateLimiter(options);
        _retry = RetryPipeline(options, logger);
        EcsEndpoint = CloudProduct.Ecs.Endpoint(options);
        VpcEndpoint = CloudProduct.Vpc.Endpoint(options);
    }

    internal Uri EcsEndpoint { get; }

    internal Uri VpcEndpoint { get; }

    /// <summary>Calls an action and reads its answer.</summary>
    /// <param name="action">The action.</param>
    /// <param name="parameters">Its parameters, without the region.</param>
    /// <param name="json">How its answer reads.</param>
    /// <param name="convert">Makes the answer a value; may throw <see cref="FormatException"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task<CloudReply<T>> CallAsync<TWire, T>(
        RpcAction action, RpcParameters parameters, JsonTypeInfo<TWire> json, Func<TWire, T> convert, CancellationToken cancellationToken)
        where TWire : class, IWireAnswer
    {
        parameters.Add("RegionId", _options.RegionId.Value);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(ActionKey, action);
        try
        {
            return await _retry.ExecuteAsync(
                async c =>
                {
                    await _rateLimiter.WaitAsync(action.Name, c.CancellationToken).ConfigureAwait(false);
                    return await LoggedAttemptAsync(action, parameters, json, convert, c.CancellationToken).ConfigureAwait(false);
                },
                context).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static ResiliencePropertyKey<RpcAction> ActionKey { get; } = new("terway.cloud.action");

    private static ResiliencePipeline RetryPipeline(AlibabaCloudOptions options, ILogger logger)
    {
        if (options.MaxRetries <= 0)
            return ResiliencePipeline.Empty;
        var backoff = new RetryBackoff(options);
        return new ResiliencePipelineBuilder { TimeProvider = options.TimeProvider }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.MaxRetries,
                ShouldHandle = args => ValueTask.FromResult(
                    args.Outcome.Exception is CloudApiException failure
                    && args.Context.Properties.GetValue(ActionKey, null!).MayRepeat(failure)),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(
                    backoff.DelayOf(args.AttemptNumber, (args.Outcome.Exception as CloudApiException)?.RetryAfter)),
                OnRetry = args =>
                {
                    if (args.Outcome.Exception is CloudApiException failure)
                        logger.CallRepeated(failure.Action, args.RetryDelay.TotalMilliseconds, args.AttemptNumber + 1, failure.Code, failure.RequestId);
                    return default;
                },
            })
            .Build();
    }

    private async Task<CloudReply<T>> LoggedAttemptAsync<TWire, T>(
        RpcAction action, RpcParameters parameters, JsonTypeInfo<TWire> json, Func<TWire, T> convert, CancellationToken cancellationToken)
        where TWire : class, IWireAnswer
    {
        var started = _options.TimeProvider.GetTimestamp();
        try
        {
            var credential = await _credentials.GetCredentialAsync(cancellationToken).ConfigureAwait(false);
            var answer = await SendAsync(action, parameters, credential, cancellationToken).ConfigureAwait(false);
            var reply = AnswerReader.Read(action.Name, answer with { Secret = credential.SecurityToken }, json, convert);
            _logger.CallDone(action.Name, Elapsed(started), reply.RequestId);
            return reply;
        }
        catch (CloudApiException failure)
        {
            _logger.CallFailed(failure.Action, Elapsed(started), failure.Code, failure.Kind, failure.RequestId, failure.CloudMessage);
            throw;
        }
    }

    private double Elapsed(long started) => Math.Round(_options.TimeProvider.GetElapsedTime(started).TotalMilliseconds, 1);

    private async Task<RpcAnswer> SendAsync(
        RpcAction action, RpcParameters parameters, CloudCredential credential, CancellationToken cancellationToken)
    {
        using var request = SignedRequest(action, parameters, credential);
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var body = await BoundedBody.ReadAsync(response.Content, MaxBodyBytes, either.Token).ConfigureAwait(false);
            return new RpcAnswer((int)response.StatusCode, body, RetryAfterOf(response));
        }
        catch (OperationCanceledException gaveUp) when (!cancellationToken.IsCancellationRequested)
        {
            // A time-out of the HTTP client's own looks like a connection that was not made, but may end a call that was sent.
            var bound = timeout.IsCancellationRequested ? _options.RequestTimeout : _http.Timeout;
            throw bound != Timeout.InfiniteTimeSpan
                ? AlibabaErrors.NoAnswer(action.Name, AlibabaErrors.TimeoutCode, $"No answer within {bound.TotalSeconds:F0} s.", gaveUp)
                : AlibabaErrors.NotSent(action.Name, $"{request.RequestUri!.Authority}: no connection in time.", gaveUp);
        }
        catch (HttpRequestException failure)
        {
            // Without a connection nothing was sent, so nothing can have happened.
            throw failure.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
                ? AlibabaErrors.NotSent(action.Name, $"{request.RequestUri!.Authority}: {failure.Message}", failure)
                : AlibabaErrors.NoAnswer(action.Name, AlibabaErrors.TransportCode, failure.Message, failure);
        }
        catch (IOException failure)
        {
            throw AlibabaErrors.NoAnswer(action.Name, AlibabaErrors.TransportCode, failure.Message, failure);
        }
    }

    private HttpRequestMessage SignedRequest(RpcAction action, RpcParameters parameters, CloudCredential credential)
    {
        var endpoint = action.Product == CloudProduct.Ecs ? EcsEndpoint : VpcEndpoint;
        var date = _options.TimeProvider.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        List<KeyValuePair<string, string>> headers =
        [
            new("x-acs-action", action.Name),
            new("x-acs-version", action.Product.Version),
            new("x-acs-date", date),
            new("x-acs-signature-nonce", Guid.NewGuid().ToString("D")),
            new("x-acs-content-sha256", Acs3Signer.EmptyPayloadHash),
            .. _options.ExtraHeaders,
        ];
        if (credential.SecurityToken is { } token)
        {
            headers.Add(new("x-acs-accesskey-id", credential.AccessKeyId));
            headers.Add(new("x-acs-security-token", token));
        }
        var signature = Acs3Signer.Sign(
            new Acs3Request("POST", "/", parameters, [.. headers, new("host", endpoint.Authority)], Acs3Signer.EmptyPayloadHash),
            credential.AccessKeyId,
            credential.AccessKeySecret);

        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, "/?" + Acs3Signer.CanonicalQuery(parameters)));
        request.Headers.Host = endpoint.Authority;
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("Authorization", signature.Authorization);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        return request;
    }

    /// <summary>The header counts milliseconds; anything but a positive number is ignored.</summary>
    private static TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("x-acs-retry-after", out var values)
        && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds > 0
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;
}
