namespace Terway.Cloud;

/// <summary>A call to the cloud that failed: what was called, what the cloud said, and what can be done.</summary>
public sealed class CloudApiException : Exception
{
    /// <summary>What of a denial names who may not do what; the rest is for machines.</summary>
    private static readonly string[] ToldOfDenial = ["AuthAction", "AuthPrincipalDisplayName", "PolicyType", "NoPermissionType"];

    /// <summary>Describes a failed call.</summary>
    /// <param name="action">The action, such as <c>CreateNetworkInterface</c>.</param>
    /// <param name="kind">What a caller can do about it.</param>
    /// <param name="code">The cloud's error code, or one beginning with <c>Client.</c> where there was no answer.</param>
    /// <param name="cloudMessage">The cloud's own words.</param>
    /// <param name="innerException">What lies beneath, if anything.</param>
    public CloudApiException(string action, CloudErrorKind kind, string code, string cloudMessage, Exception? innerException = null)
        : base(null, innerException)
    {
        Action = action;
        Kind = kind;
        Code = code;
        CloudMessage = cloudMessage;
    }

    /// <summary>The action that failed, such as <c>CreateNetworkInterface</c>.</summary>
    public string Action { get; }

    /// <summary>What a caller can do about it.</summary>
    public CloudErrorKind Kind { get; }

    /// <summary>The cloud's error code, or one beginning with <c>Client.</c> where there was no answer.</summary>
    public string Code { get; }

    /// <summary>The cloud's own words.</summary>
    public string CloudMessage { get; }

    /// <summary>The HTTP status, null where there was no answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The cloud's id of the call, null where there was no answer.</summary>
    public RequestId? RequestId { get; init; }

    /// <summary>Which limit was reached, for <see cref="CloudErrorKind.Quota"/>.</summary>
    public CloudQuota? Quota { get; init; }

    /// <summary>How long the cloud asks to wait, if it said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What an operator can do, if this library knows.</summary>
    public string? Hint { get; init; }

    /// <summary>What the service said besides; null where there was no answer.</summary>
    public ServiceErrorDetail? Detail { get; init; }

    /// <summary>Whether the same call may succeed a moment later without any change.</summary>
    public bool IsTransient =>
        Kind is CloudErrorKind.Retryable or CloudErrorKind.Throttled or CloudErrorKind.Conflict or CloudErrorKind.Ambiguous;

    /// <summary>Whether the cloud refused for too many calls.</summary>
    public bool IsThrottled => Kind == CloudErrorKind.Throttled;

    /// <summary>What was attempted, what the cloud said, the ids to ask with, and what would help.</summary>
    public override string Message
    {
        get
        {
            var status = HttpStatus is { } http ? $" (HTTP {http})" : "";
            var request = RequestId is { } id ? $" [request {id}]" : "";
            var hint = Hint is null ? "" : $" {Hint}";
            return $"{Action} failed: {Code}{status}: {CloudMessage}{Denial()}{request}{hint}";
        }
    }

    private string Denial()
    {
        if (Detail is not { AccessDenied: { Count: > 0 } denied })
            return "";
        var told = ToldOfDenial.Where(denied.ContainsKey).Select(name => $"{name}={denied[name]}").ToList();
        return told.Count == 0 ? "" : $" ({string.Join(", ", told)})";
    }
}
