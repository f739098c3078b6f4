using Terway.Cloud.Alibaba;
using Terway.Ipam;
using Terwayd.Enforcement;

namespace Terwayd.Configuration;

/// <summary>
/// The node's configuration as the file <c>eni_conf</c> states it, with upstream's defaults filled in. Durations and counts are
/// already parsed and checked; what the instance type allows is known only later.
/// </summary>
internal sealed class EniConfiguration
{
    internal const int MaxSecurityGroups = 10;

    /// <summary>Informational.</summary>
    public string? Version { get; set; }

    /// <summary>Static access key id; never logged.</summary>
    public string? AccessKeyId { get; set; }

    /// <summary>Static access key secret; never logged.</summary>
    public string? AccessKeySecret { get; set; }

    /// <summary>Service networks, at most one per family; the CNI answer carries them.</summary>
    public ServiceNetworks Services { get; set; }

    /// <summary>vSwitches to create ENIs in, by zone. Only the node's own zone counts; none means the instance's own vSwitch.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> VSwitches { get; set; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Tags put on ENIs that are created for the node, besides <c>creator=terway</c>.</summary>
    public IReadOnlyDictionary<string, string> EniTags { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The families of the pods' addresses, from <c>ip_stack</c>.</summary>
    public AddressFamilies Families { get; set; } = AddressFamilies.IPv4;

    /// <summary>Most idle addresses that are kept.</summary>
    public int MaxPoolSize { get; set; }

    /// <summary>Fewest idle addresses that are kept.</summary>
    public int MinPoolSize { get; set; }

    /// <summary>Above zero, the low mark is the addresses of so many ENIs, instead of <see cref="MinPoolSize"/>.</summary>
    public int MinEni { get; set; }

    /// <summary>Addresses that a new node gets once, before its pods ask.</summary>
    public int WarmUpSize { get; set; }

    /// <summary>After so long without use idle addresses are given back; <see langword="null"/>: never.</summary>
    public TimeSpan? IdleReclaimAfter { get; set; }

    /// <summary>Time between two rounds of the reclaim.</summary>
    public TimeSpan IdleReclaimInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Addresses of one round of the reclaim.</summary>
    public int IdleReclaimBatch { get; set; } = EniPoolOptions.DefaultIdleReclaimBatch;

    /// <summary>By what share of itself the interval is lengthened at random.</summary>
    public double IdleReclaimJitter { get; set; } = EniPoolOptions.DefaultIdleReclaimJitter;

    /// <summary>Tags that an ENI must carry for the pool to use it.</summary>
    public IReadOnlyDictionary<string, string> EniTagFilter { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Tags that take an ENI out of the pool's hands.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> EniTagBlockList { get; set; } = [];

    /// <summary>Above zero, the most secondary ENIs.</summary>
    public int MaxEni { get; set; }

    /// <summary>ENIs = ⌊adapters × ratio⌋ + <see cref="EniCapShift"/> − 1.</summary>
    public double EniCapRatio { get; set; } = 1;

    /// <summary>See <see cref="EniCapRatio"/>.</summary>
    public int EniCapShift { get; set; }

    /// <summary><c>security_group</c> and <c>security_groups</c> together, sorted, without repeats.</summary>
    public IReadOnlyList<string> SecurityGroups { get; set; } = [];

    /// <summary>Resource group of created ENIs.</summary>
    public string? ResourceGroupId { get; set; }

    /// <summary>How a vSwitch is chosen.</summary>
    public VSwitchSelection VSwitchSelection { get; set; } = VSwitchSelection.Random;

    /// <summary>Which ENI serves first.</summary>
    public EniSelection EniSelection { get; set; } = EniSelection.MostIps;

    /// <summary>Time between two comparisons of the pool with the cloud.</summary>
    public TimeSpan PoolSyncPeriod { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>How long a released address rests before it is given again; <see langword="null"/>: the pool's default.</summary>
    public TimeSpan? AddressRest { get; set; }

    /// <summary>How long an ADD waits until the pod's network policy is in the kernel.</summary>
    public TimeSpan PolicyPatience { get; set; } = PolicySettings.DefaultPatience;

    /// <summary>What an ADD does when it is not.</summary>
    public PolicyFallback PolicyFallback { get; set; } = PolicyFallback.Refuse;

    /// <summary>Client-side limits: API action to calls a minute.</summary>
    public IReadOnlyDictionary<string, int> RateLimits { get; set; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>The encrypted token file.</summary>
    public string CredentialPath { get; set; } = "/var/addon/token-config";

    /// <summary>Which calls are repeated how: the client's table with what <c>backoff_override</c> replaces.</summary>
    public BackoffTable Backoff { get; set; } = BackoffTable.Default;
}
