using System.Collections.Frozen;

namespace Terway.Cloud.Alibaba;

/// <summary>Where and how the Alibaba client calls.</summary>
public sealed record AlibabaCloudOptions
{
    /// <summary>The region that is called.</summary>
    public required RegionId RegionId { get; init; }

    /// <summary>Which endpoints to use when none is given. Default: those inside the VPC.</summary>
    public EndpointNetwork Network { get; init; } = EndpointNetwork.Vpc;

    /// <summary>Whether endpoints without a scheme are called by plain HTTP. Default false: HTTPS.</summary>
    public bool PlainHttp { get; init; }

    /// <summary>The ECS endpoint, <c>host[:port]</c> or a URL; null for the one of region and network.</summary>
    public string? EcsEndpoint { get; init; }

    /// <summary>The VPC endpoint, <c>host[:port]</c> or a URL; null for the one of region and network.</summary>
    public string? VpcEndpoint { get; init; }

    /// <summary>How calls are signed. Default: version 3.</summary>
    public SignatureScheme Signature { get; init; } = SignatureScheme.Acs3HmacSha256;

    /// <summary>How long one attempt may take. Default 20 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often and when a call is repeated after a failure that allows it. Default <see cref="BackoffTable.Default"/>.</summary>
    public BackoffTable Backoff { get; init; } = BackoffTable.Default;

    /// <summary>The longest wait before a repetition, also when the cloud asks for more. Default 20 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Calls a minute of an action that this client never exceeds; an action that is not listed takes <see cref="DefaultRateLimit"/>.
    /// Default: upstream's budgets.
    /// </summary>
    public IReadOnlyDictionary<string, int> RateLimits { get; init; } = DefaultRateLimits;

    /// <summary>Calls a minute of an action that is not listed. Default 500.</summary>
    public int DefaultRateLimit { get; init; } = 500;

    /// <summary>How long a call may wait for its rate limit before it fails as throttled. Default 60 seconds.</summary>
    public TimeSpan MaxRateLimitWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The <c>User-Agent</c> that is sent.</summary>
    public string UserAgent { get; init; } = "Kubernetes.Alicloud Terway.NET";

    /// <summary>Headers to send with every call, such as <c>X-ACSPROXY-ASCM-CONTEXT</c>. Those named <c>x-acs-*</c> are signed.</summary>
    public IReadOnlyDictionary<string, string> ExtraHeaders { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>A number from 0 to 1 that spreads the waits of many clients. Default: random.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    /// <summary>Calls a minute that upstream allows itself, by action; the cloud's own numbers are not published.</summary>
    public static IReadOnlyDictionary<string, int> DefaultRateLimits { get; } = new Dictionary<string, int>
    {
        ["CreateNetworkInterface"] = 500,
        ["AttachNetworkInterface"] = 500,
        ["DeleteNetworkInterface"] = 500,
        ["DetachNetworkInterface"] = 400,
        ["DescribeNetworkInterfaces"] = 800,
        ["DescribeNetworkInterfaceAttribute"] = 2000,
        ["AssignPrivateIpAddresses"] = 400,
        ["UnassignPrivateIpAddresses"] = 400,
        ["AssignIpv6Addresses"] = 400,
        ["UnassignIpv6Addresses"] = 400,
        ["DescribeInstanceTypes"] = 400,
        ["DescribeVSwitches"] = 300,
    }.ToFrozenDictionary();
}
