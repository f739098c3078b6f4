namespace Terway.Cloud.Alibaba;

/// <summary>When a credential is replaced.</summary>
public sealed record CredentialRefreshOptions
{
    /// <summary>How long before its end a temporary credential is replaced. Default 20 minutes; the metadata service offers a new one 30 minutes before.</summary>
    public TimeSpan RefreshBefore { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>How often a source is asked anew for a credential that has no end, so that a file that was replaced is seen. Default 5 minutes.</summary>
    public TimeSpan RecheckPermanent { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How soon it is tried again when no new credential could be had, or only the old one. Default 30 seconds.</summary>
    public TimeSpan RetryAfterFailure { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a source may take. Default 30 seconds.</summary>
    public TimeSpan FetchTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
