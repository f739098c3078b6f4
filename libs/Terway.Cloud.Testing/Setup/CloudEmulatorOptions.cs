using Terway.Cloud.Alibaba;

namespace Terway.Cloud.Testing;

/// <summary>How an emulated cloud behaves. One emulator is one account in one region.</summary>
public sealed record CloudEmulatorOptions
{
    /// <summary>The region. Default <c>cn-hangzhou</c>.</summary>
    public RegionId RegionId { get; init; } = new("cn-hangzhou");

    /// <summary>The account. Default <c>1234567890123456</c>.</summary>
    public string AccountId { get; init; } = "1234567890123456";

    /// <summary>Decides every id, address, MAC and latency that is picked. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The clock and the timers. Default: the system's; a simulation gives its own.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How long things take at first; see <see cref="CloudEmulator.Latencies"/>. Default: no time.</summary>
    public EmulatorLatencies Latencies { get; init; } = EmulatorLatencies.None;

    /// <summary>Where state changes become real. Default: nowhere.</summary>
    public IVpcFabric? Fabric { get; init; }

    /// <summary>ENIs of the account in the region, primary ones included. Default 10,000.</summary>
    public int MaxEniCount { get; init; } = 10_000;

    /// <summary>Security groups of one ENI. Default 5.</summary>
    public int MaxSecurityGroupsPerEni { get; init; } = 5;

    /// <summary>
    /// Calls of an action a minute; an action that is not listed takes <see cref="DefaultActionLimit"/>.
    /// Default: the budgets that upstream keeps on its side, as the cloud's own are not published.
    /// </summary>
    public IReadOnlyDictionary<string, int> ActionLimits { get; init; } = PublishedActionLimits;

    /// <summary>Calls a minute of an action that is not listed. Default 500.</summary>
    public int DefaultActionLimit { get; init; } = 500;

    /// <summary>The code of a client token that comes again with other parameters (sources disagree). Default <c>IdempotentParameterMismatch</c>; upstream expects <c>IdempotentFailed</c>.</summary>
    public string TokenMismatchCode { get; init; } = "IdempotentParameterMismatch";

    /// <summary>Whether a second assign or unassign for an ENI is refused while one is running. Default true.</summary>
    public bool ConflictOnConcurrentAddressCalls { get; init; } = true;

    /// <summary>Whether prefixes can be taken outside a vSwitch's reservation. Default false.</summary>
    public bool AllowUnreservedPrefixes { get; init; }

    /// <summary>How long the credentials of an instance role are valid. Default 6 hours; new ones come 30 minutes before the end.</summary>
    public TimeSpan RoleCredentialLifetime { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How far back describes can be made to show ENIs. Default 1 minute; zero keeps no history.</summary>
    public TimeSpan MaxStaleness { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many answered calls <see cref="CloudEmulator.Calls"/> keeps. Default 1,000; 0 keeps none.</summary>
    public int JournalCapacity { get; init; } = 1_000;

    /// <summary>Sees every call after it was answered, from the thread that answers; must be quick.</summary>
    public Action<EmulatedCallRecord>? OnCall { get; init; }

    /// <summary>Sees every exception that the fabric threw.</summary>
    public Action<Exception>? OnFabricFailure { get; init; }

    /// <summary>Calls a minute that upstream allows itself, by action; the same as the client's own budgets.</summary>
    public static IReadOnlyDictionary<string, int> PublishedActionLimits => AlibabaCloudOptions.DefaultRateLimits;
}
