using Microsoft.Extensions.Logging;

namespace Terway.Cloud.Alibaba;

/// <summary>Log events 4000 to 4099. Nothing here carries a secret.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Debug, "{Action} done in {DurationMs} ms, request {RequestId}")]
    internal static partial void CallDone(this ILogger logger, string action, double durationMs, RequestId? requestId);

    [LoggerMessage(4001, LogLevel.Debug, "{Action} failed in {DurationMs} ms: {Code} ({Kind}), request {RequestId}: {CloudMessage}")]
    internal static partial void CallFailed(
        this ILogger logger, string action, double durationMs, string code, CloudErrorKind kind, RequestId? requestId, string cloudMessage);

    [LoggerMessage(4002, LogLevel.Information, "{Action} will be repeated in {DelayMs} ms (repetition {Attempt}) after {Code}, request {RequestId}")]
    internal static partial void CallRepeated(this ILogger logger, string action, double delayMs, int attempt, string code, RequestId? requestId);

    [LoggerMessage(4010, LogLevel.Information, "Access key {AccessKeyId} from {CredentialSource}, valid until {Expiration}")]
    internal static partial void CredentialRefreshed(this ILogger logger, string credentialSource, string accessKeyId, DateTimeOffset? expiration);

    [LoggerMessage(4011, LogLevel.Warning, "No new credential ({Code}); the old one is valid until {Expiration}: {Reason}")]
    internal static partial void CredentialKept(this ILogger logger, string code, DateTimeOffset? expiration, string reason);

    [LoggerMessage(4012, LogLevel.Warning, "The cloud no longer takes the access key {AccessKeyId}: {Code}, request {RequestId}; a new one is asked for")]
    internal static partial void CredentialRefused(this ILogger logger, string accessKeyId, string code, RequestId? requestId);
}
