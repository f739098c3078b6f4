using System.Collections.Frozen;

namespace Terway.Cloud;

/// <summary>What a service said about a refusal beside code, message and request id.</summary>
public sealed class ServiceErrorDetail
{
    /// <summary>The endpoint that answered; empty when it did not say.</summary>
    public string HostId { get; init; } = "";

    /// <summary>A page of the cloud about this very error; empty when it gave none.</summary>
    public string Recommend { get; init; } = "";

    /// <summary>
    /// Why RAM denied the call, by the cloud's names, such as <c>AuthAction</c>, <c>AuthPrincipalDisplayName</c>, <c>PolicyType</c>,
    /// <c>NoPermissionType</c>, <c>EncodedDiagnosticMessage</c>; empty for every other refusal.
    /// </summary>
    public IReadOnlyDictionary<string, string> AccessDenied { get; init; } = FrozenDictionary<string, string>.Empty;
}
