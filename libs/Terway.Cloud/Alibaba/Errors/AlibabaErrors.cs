namespace Terway.Cloud.Alibaba;

/// <summary>Turns the answers of ECS and VPC that are no success into <see cref="CloudApiException"/>.</summary>
public static class AlibabaErrors
{
    /// <summary>The code of a call that got no answer in time.</summary>
    public const string TimeoutCode = "Client.Timeout";

    /// <summary>The code of a call whose connection failed.</summary>
    public const string TransportCode = "Client.Transport";

    /// <summary>The code of an answer that does not read as what the action returns.</summary>
    public const string InvalidResponseCode = "Client.InvalidResponse";

    /// <summary>The error of an answer with an error body.</summary>
    /// <param name="action">The action that was called.</param>
    /// <param name="httpStatus">The HTTP status.</param>
    /// <param name="code">The cloud's code; empty when the body had none.</param>
    /// <param name="cloudMessage">The cloud's words.</param>
    /// <param name="requestId">The cloud's id of the call, if it gave one.</param>
    /// <param name="retryAfter">The wait that the cloud asks for, if it does.</param>
    /// <param name="detail">What the cloud said besides, if anything.</param>
    public static CloudApiException FromResponse(
        string action, int httpStatus, string code, string cloudMessage, RequestId? requestId = null, TimeSpan? retryAfter = null,
        ServiceErrorDetail? detail = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(code);
        var entry = ErrorTable.Find(code) ?? ErrorTable.ForStatus(httpStatus);
        // A server fault says nothing about whether a change was made before the fault; a used nonce says that the network
        // delivered the request twice, and the first copy may have been carried out.
        var mayHaveHappened = httpStatus >= 500 || code == ErrorTable.NonceUsed;
        var kind = entry.Kind == CloudErrorKind.Retryable && mayHaveHappened && !IsRead(action) ? CloudErrorKind.Ambiguous : entry.Kind;
        return new CloudApiException(action, kind, code.Length == 0 ? $"Http{httpStatus}" : code, cloudMessage)
        {
            HttpStatus = httpStatus,
            RequestId = requestId,
            RetryAfter = retryAfter,
            Detail = detail ?? new ServiceErrorDetail(),
            Quota = entry.Quota,
            Hint = entry.Hint,
        };
    }

    /// <summary>The error of a request that was sent and got no answer: a change may have happened.</summary>
    /// <param name="action">The action that was called.</param>
    /// <param name="code"><see cref="TimeoutCode"/>, <see cref="TransportCode"/> or <see cref="InvalidResponseCode"/>.</param>
    /// <param name="why">What went wrong.</param>
    /// <param name="innerException">What lies beneath, if anything.</param>
    public static CloudApiException NoAnswer(string action, string code, string why, Exception? innerException = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        return new CloudApiException(action, IsRead(action) ? CloudErrorKind.Retryable : CloudErrorKind.Ambiguous, code, why, innerException);
    }

    /// <summary>The error of a request that never left: nothing happened.</summary>
    /// <param name="action">The action that was called.</param>
    /// <param name="why">What went wrong.</param>
    /// <param name="innerException">What lies beneath, if anything.</param>
    public static CloudApiException NotSent(string action, string why, Exception? innerException = null) =>
        new(action, CloudErrorKind.Retryable, TransportCode, why, innerException);

    /// <summary>Whether an action changes nothing.</summary>
    /// <param name="action">The action's name.</param>
    internal static bool IsRead(string action) =>
        action.StartsWith("Describe", StringComparison.Ordinal) || action == StsClient.AssumeRoleWithOidc;
}
