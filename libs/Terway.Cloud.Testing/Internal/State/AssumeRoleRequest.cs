namespace Terway.Cloud.Testing.Internal;

/// <summary>What AssumeRoleWithOIDC asks for. Shown without its token.</summary>
internal sealed class AssumeRoleRequest(string roleArn, string providerArn, string token, string sessionName, TimeSpan duration, string? policy)
{
    internal string RoleArn { get; } = roleArn;

    internal string ProviderArn { get; } = providerArn;

    internal string Token { get; } = token;

    internal string SessionName { get; } = sessionName;

    internal TimeSpan Duration { get; } = duration;

    internal string? Policy { get; } = policy;

    public override string ToString() => $"AssumeRoleRequest {{ RoleArn = {RoleArn}, ProviderArn = {ProviderArn}, SessionName = {SessionName} }}";
}

/// <summary>What AssumeRoleWithOIDC gives. A credential shows no secret.</summary>
internal sealed record AssumedRole(string Arn, string SessionName, string Subject, string Issuer, CloudCredential Credential);
