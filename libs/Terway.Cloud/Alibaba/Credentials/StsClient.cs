using System.Globalization;

namespace Terway.Cloud.Alibaba;

/// <summary>The one action of STS that a service account needs; it is not signed, as the token speaks for the caller.</summary>
internal sealed class StsClient(OidcRoleOptions options, HttpClient http)
{
    internal const string AssumeRoleWithOidc = "AssumeRoleWithOIDC";

    private readonly RpcTransport _transport = new(http, options.RequestTimeout, options.TimeProvider);
    private readonly Uri _endpoint = EndpointRules.Parse(options.Endpoint, options.PlainHttp)
        ?? EndpointRules.Of(CloudProduct.Sts, options.RegionId, options.Network, options.PlainHttp);

    internal async Task<CloudCredential> AssumeRoleWithOidcAsync(string oidcToken, CancellationToken cancellationToken)
    {
        var query = new RpcParameters()
            .Add("Action", AssumeRoleWithOidc)
            .Add("Version", CloudProduct.Sts.Version)
            .Add("Format", "JSON")
            .Add("Timestamp", options.TimeProvider.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_endpoint, "/?" + Acs3Signer.CanonicalQuery(query)))
        {
            Content = new FormUrlEncodedContent(new RpcParameters()
                .Add("RoleArn", options.RoleArn)
                .Add("OIDCProviderArn", options.ProviderArn)
                .Add("OIDCToken", oidcToken)
                .Add("RoleSessionName", options.SessionName)
                .Add("DurationSeconds", (int)options.Duration.TotalSeconds)
                .Add("Policy", options.Policy)),
        };
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        var answer = await _transport.SendAsync(AssumeRoleWithOidc, request, cancellationToken).ConfigureAwait(false);
        var reply = AnswerReader.Read(
            AssumeRoleWithOidc, answer with { Mask = SecretMask.For(oidcToken) }, WireJson.Default.WireAssumedRole,
            wire => CredentialConversion.Temporary(wire.Credentials ?? throw new FormatException("Credentials is missing.")));
        return reply.Value;
    }
}
