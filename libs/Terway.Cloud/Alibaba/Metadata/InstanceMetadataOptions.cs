namespace Terway.Cloud.Alibaba;

/// <summary>Where and how the metadata service is asked.</summary>
public sealed record InstanceMetadataOptions
{
    /// <summary>The address of the service. Default <c>http://100.100.100.200/</c>.</summary>
    public Uri BaseAddress { get; init; } = new("http://100.100.100.200/");

    /// <summary>How long one attempt may take. Default 5 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The life of the token that is asked for: 1 second to 6 hours; renewed after half of it. Default 6 hours.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(6);

    /// <summary>
    /// Whether a service that gives no token is an error. Default false: such a service is asked without one, which a program on the
    /// instance that can be made to send requests could do as well.
    /// </summary>
    public bool TokenRequired { get; init; }

    /// <summary>How often a request is repeated after a failure of the service. Default 3.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>The wait before the first repetition; grows by a fifth with each. Default 0.5 seconds.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
