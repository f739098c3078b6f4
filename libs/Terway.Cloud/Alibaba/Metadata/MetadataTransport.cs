using System.Globalization;
using System.Net;
using System.Text;
using Polly;
using Polly.Retry;

namespace Terway.Cloud.Alibaba;

/// <summary>Asks the metadata service: token, repetition, and what its statuses mean.</summary>
internal sealed class MetadataTransport : IDisposable
{
    private const int MaxBodyBytes = 1024 * 1024;
    private const double DelayGrowth = 1.2;

    private readonly InstanceMetadataOptions _options;
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _tokenLock = new(1, 1);
    private readonly ResiliencePipeline _retry;
    private volatile Token? _token;

    internal MetadataTransport(InstanceMetadataOptions options, HttpClient http)
    {
        _options = options;
        _http = http;
        _retry = options.MaxRetries <= 0 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder { TimeProvider = options.TimeProvider }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.MaxRetries,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is CloudApiException { IsTransient: true }),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(options.RetryDelay * Math.Pow(DelayGrowth, args.AttemptNumber)),
            })
            .Build();
    }

    public void Dispose() => _tokenLock.Dispose();

    /// <summary>The body of a path, or null when there is none (404).</summary>
    internal ValueTask<string?> GetAsync(string path, CancellationToken cancellationToken) =>
        _retry.ExecuteAsync(token => new ValueTask<string?>(GetOnceAsync(path, token)), cancellationToken);

    private async Task<string?> GetOnceAsync(string path, CancellationToken cancellationToken)
    {
        var token = await CurrentTokenAsync(cancellationToken).ConfigureAwait(false);
        var (status, body) = await SendAsync(HttpMethod.Get, path, "X-aliyun-ecs-metadata-token", token.Text, cancellationToken).ConfigureAwait(false);
        if (status == HttpStatusCode.Unauthorized || (status == HttpStatusCode.Forbidden && token.Text is null))
        {
            // The token ended early, the service was restarted, or it had no token to give before: one new token, one more try.
            Interlocked.CompareExchange(ref _token, null, token);
            token = await CurrentTokenAsync(cancellationToken).ConfigureAwait(false);
            (status, body) = await SendAsync(HttpMethod.Get, path, "X-aliyun-ecs-metadata-token", token.Text, cancellationToken).ConfigureAwait(false);
        }
        return status switch
        {
            HttpStatusCode.OK => body,
            HttpStatusCode.NotFound => null,
            _ => throw Failure(path, status),
        };
    }

    private async Task<Token> CurrentTokenAsync(CancellationToken cancellationToken)
    {
        if (_token is { } known && _options.TimeProvider.GetUtcNow() < known.RenewAt)
            return known;
        await _tokenLock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_token is { } made && _options.TimeProvider.GetUtcNow() < made.RenewAt)
                return made;
            return _token = await NewTokenAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _tokenLock.Release();
        }
    }

    private async Task<Token> NewTokenAsync(CancellationToken cancellationToken)
    {
        var seconds = ((int)_options.TokenLifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var (status, body) = await SendAsync(
            HttpMethod.Put, MetadataPaths.Token, "X-aliyun-ecs-metadata-token-ttl-seconds", seconds, cancellationToken).ConfigureAwait(false);
        var text = status switch
        {
            HttpStatusCode.OK => MetadataText.Scalar(body),
            // A service without tokens answers plain requests; if it does insist on one, the next answer says so.
            HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed when !_options.TokenRequired => null,
            _ => throw Failure(MetadataPaths.Token, status),
        };
        return new Token(text, _options.TimeProvider.GetUtcNow() + (_options.TokenLifetime / 2));
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(
        HttpMethod method, string path, string header, string? value, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_options.BaseAddress, path));
        if (value is not null)
            request.Headers.TryAddWithoutValidation(header, value);
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var body = await BoundedBody.ReadAsync(response.Content, MaxBodyBytes, either.Token).ConfigureAwait(false);
            return (response.StatusCode, Encoding.UTF8.GetString(body));
        }
        catch (OperationCanceledException gaveUp) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CloudApiException(path, CloudErrorKind.Retryable, AlibabaErrors.TimeoutCode, $"No answer within {_options.RequestTimeout.TotalSeconds:F0} s.", gaveUp);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new CloudApiException(path, CloudErrorKind.Retryable, AlibabaErrors.TransportCode, failure.Message, failure);
        }
    }

    private static CloudApiException Failure(string path, HttpStatusCode status)
    {
        var kind = (int)status switch
        {
            429 => CloudErrorKind.Throttled,
            401 or 403 => CloudErrorKind.Permission,
            >= 500 => CloudErrorKind.Retryable,
            _ => CloudErrorKind.Invalid,
        };
        return new CloudApiException(path, kind, $"Http{(int)status}", "The metadata service refused.") { HttpStatus = (int)status };
    }

    /// <summary>A token, or that the service has none. A class: a record would print it.</summary>
    private sealed class Token(string? text, DateTimeOffset renewAt)
    {
        internal string? Text { get; } = text;

        internal DateTimeOffset RenewAt { get; } = renewAt;
    }
}
