namespace Terway.Cloud.Alibaba;

/// <summary>Which role a service account takes, and where (RRSA: RAM roles for service accounts).</summary>
public sealed record OidcRoleOptions
{
    /// <summary>The role, such as <c>acs:ram::1234567890123456:role/terway</c>.</summary>
    public required string RoleArn { get; init; }

    /// <summary>The OIDC provider of the cluster, such as <c>acs:ram::1234567890123456:oidc-provider/ack-rrsa-c1</c>.</summary>
    public required string ProviderArn { get; init; }

    /// <summary>The name that the session gets in the audit log. Default <c>terway</c>.</summary>
    public string SessionName { get; init; } = "terway";

    /// <summary>How long the credential is valid: 15 minutes to the role's maximum. Default 1 hour.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A policy that narrows the role's, JSON of up to 2,048 characters; null for the role's own.</summary>
    public string? Policy { get; init; }

    /// <summary>The region whose endpoint is called; null for the central endpoint.</summary>
    public RegionId? RegionId { get; init; }

    /// <summary>From where the endpoint of a region is called. Default: from inside the VPC.</summary>
    public EndpointNetwork Network { get; init; } = EndpointNetwork.Vpc;

    /// <summary>The STS endpoint, <c>host[:port]</c> or a URL; null for the one of region and network.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Whether an endpoint without a scheme is called by plain HTTP. Default false: HTTPS.</summary>
    public bool PlainHttp { get; init; }

    /// <summary>How long a request may take. Default 10 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
