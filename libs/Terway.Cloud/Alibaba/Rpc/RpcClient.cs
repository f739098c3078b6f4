using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Terway.Cloud.Alibaba;

/// <summary>Calls actions: rate limit, credential, signature, answer, and repetition where an action allows it.</summary>
internal sealed class RpcClient
{
    private readonly AlibabaCloudOptions _options;
    private readonly ICredentialProvider _credentials;
    private readonly RpcTransport _transport;
    private readonly ILogger _logger;
    private readonly ActionRateLimiter _rateLimiter;
    private readonly ResiliencePipeline _retry;

    internal RpcClient(AlibabaCloudOptions options, ICredentialProvider credentials, HttpClient http, ILogger logger)
    {
        _options = options;
        _credentials = credentials;
        _transport = new RpcTransport(http, options.RequestTimeout, options.TimeProvider);
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
        var initialDelay = _options.Backoff[action.Backoff].InitialDelay;
        if (initialDelay > TimeSpan.Zero)
            await Task.Delay(initialDelay, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
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
        BackoffSchedule ScheduleOf(ResilienceContext context) => options.Backoff[context.Properties.GetValue(ActionKey, null!).Backoff];
        return new ResiliencePipelineBuilder { TimeProvider = options.TimeProvider }
            .AddRetry(new RetryStrategyOptions
            {
                // The action's own schedule bounds its attempts.
                MaxRetryAttempts = BackoffSchedule.MaxAttempts,
                ShouldHandle = args => ValueTask.FromResult(
                    args.Outcome.Exception is CloudApiException failure
                    && args.AttemptNumber + 1 < ScheduleOf(args.Context).Attempts
                    && args.Context.Properties.GetValue(ActionKey, null!).MayRepeat(failure)),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(DelayOf(
                    options, ScheduleOf(args.Context), args.AttemptNumber + 1, (args.Outcome.Exception as CloudApiException)?.RetryAfter)),
                OnRetry = args =>
                {
                    if (args.Outcome.Exception is CloudApiException failure)
                        logger.CallRepeated(failure.Action, args.RetryDelay.TotalMilliseconds, args.AttemptNumber + 1, failure.Code, failure.RequestId);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>The schedule's wait, or the longer one that the cloud asks for, bounded.</summary>
    internal static TimeSpan DelayOf(AlibabaCloudOptions options, BackoffSchedule schedule, int failed, TimeSpan? askedFor)
    {
        var wanted = schedule.DelayAfter(failed, options.Jitter());
        if (askedFor > wanted)
            wanted = askedFor.Value;
        return wanted < options.MaxRetryDelay ? wanted : options.MaxRetryDelay;
    }

    private async Task<CloudReply<T>> LoggedAttemptAsync<TWire, T>(
        RpcAction action, RpcParameters parameters, JsonTypeInfo<TWire> json, Func<TWire, T> convert, CancellationToken cancellationToken)
        where TWire : class, IWireAnswer
    {
        var started = _options.TimeProvider.GetTimestamp();
        try
        {
            var answer = await SendAsync(action, parameters, cancellationToken).ConfigureAwait(false);
            var reply = AnswerReader.Read(action.Name, answer, json, convert);
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

    /// <summary>Sends a call; once more with another key when the cloud does not know or no longer takes the first.</summary>
    private async Task<RpcAnswer> SendAsync(RpcAction action, RpcParameters parameters, CancellationToken cancellationToken)
    {
        var credential = await _credentials.GetCredentialAsync(cancellationToken).ConfigureAwait(false);
        var answer = await SendAsync(action, parameters, credential, cancellationToken).ConfigureAwait(false);
        if (answer.Status < 400 || _credentials is not IRenewableCredentials renewable)
            return answer;
        var failure = AnswerReader.ReadError(action.Name, answer);
        if (!ErrorTable.KeyIsOver(failure.Code))
            return answer;
        _logger.CredentialRefused(credential.AccessKeyId, failure.Code, failure.RequestId);
        renewable.Renew(credential);
        var other = await _credentials.GetCredentialAsync(cancellationToken).ConfigureAwait(false);
        return other.AccessKeyId == credential.AccessKeyId && other.SecurityToken == credential.SecurityToken
            ? answer
            : await SendAsync(action, parameters, other, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RpcAnswer> SendAsync(
        RpcAction action, RpcParameters parameters, CloudCredential credential, CancellationToken cancellationToken)
    {
        var call = new SignedCall(
            action, action.Product == CloudProduct.Ecs ? EcsEndpoint : VpcEndpoint, parameters,
            _options.TimeProvider.GetUtcNow(), Guid.NewGuid().ToString("D"), _options.ExtraHeaders);
        using var request = call.Sign(_options.Signature, credential);
        request.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        var answer = await _transport.SendAsync(action.Name, request, cancellationToken).ConfigureAwait(false);
        return answer with { Mask = SecretMask.For(credential) };
    }
}
