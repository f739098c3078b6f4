namespace Terway.Cloud.Testing.Internal;

/// <summary>The OIDC providers of the account and the roles that trust them. Used under the world's lock.</summary>
internal sealed class OidcRing(KeyRing keys)
{
    private static readonly TimeSpan ShortestSession = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestSession = TimeSpan.FromHours(1);

    private readonly Dictionary<string, OidcProvider> _providers = [];
    private readonly Dictionary<string, OidcRole> _roles = [];

    internal void AddProvider(string arn, string issuer, string clientId, Random random)
    {
        var key = new byte[32];
        random.NextBytes(key);
        _providers[arn] = new OidcProvider(issuer, clientId, key);
    }

    internal void AddRole(string arn, string providerArn, Func<string, bool> trusts, Func<string, bool> allows)
    {
        if (!_providers.ContainsKey(providerArn))
            throw new ArgumentException($"There is no OIDC provider {providerArn}.", nameof(providerArn));
        _roles[arn] = new OidcRole(providerArn, trusts, allows);
    }

    internal string IssueToken(string providerArn, string subject, string? audience, DateTimeOffset end) =>
        _providers.TryGetValue(providerArn, out var provider)
            ? OidcToken.Issue(provider, subject, audience ?? provider.ClientId, end)
            : throw new ArgumentException($"There is no OIDC provider {providerArn}.", nameof(providerArn));

    internal AssumedRole AssumeRole(World world, AssumeRoleRequest request)
    {
        if (request.Duration < ShortestSession || request.Duration > LongestSession)
            throw Refusal.Invalid("DurationSeconds", $"{ShortestSession.TotalSeconds} to {LongestSession.TotalSeconds}");
        if (!_providers.TryGetValue(request.ProviderArn, out var provider)
            || !_roles.TryGetValue(request.RoleArn, out var role) || role.ProviderArn != request.ProviderArn)
            throw NoPermission();
        var subject = OidcToken.Check(provider, request.Token, world.Now);
        if (!role.Trusts(subject))
            throw NoPermission();
        var now = DateTimeOffset.FromUnixTimeSeconds(world.Now.ToUnixTimeSeconds());
        return new AssumedRole(request.RoleArn, request.SessionName, subject, provider.Issuer, keys.IssueTemporary(now + request.Duration, role.Allows));
    }

    private static Refusal NoPermission() =>
        new(401, "AuthenticationFail.NoPermission", "This operation is forbidden by permission system: the role does not trust the caller.");

    private sealed record OidcRole(string ProviderArn, Func<string, bool> Trusts, Func<string, bool> Allows);
}

/// <summary>An OIDC provider; the emulator itself plays the issuer. A class: a record would print its key.</summary>
internal sealed class OidcProvider(string issuer, string clientId, byte[] key)
{
    internal string Issuer { get; } = issuer;

    internal string ClientId { get; } = clientId;

    internal byte[] Key { get; } = key;
}
