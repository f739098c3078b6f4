using Terway.Cloud;

namespace Terway.Ipam;

/// <summary>How a pool behaves. Every property has a default that works; <see cref="Validate"/> lists what is wrong.</summary>
public sealed class EniPoolOptions
{
    /// <summary>The default of <see cref="MaxPoolSize"/>.</summary>
    public const int DefaultMaxPoolSize = 5;

    /// <summary>The default of <see cref="BatchSize"/>: what upstream asks for in one call.</summary>
    public const int DefaultBatchSize = 10;

    /// <summary>The most secondary addresses that one AssignPrivateIpAddresses or CreateNetworkInterface takes.</summary>
    public const int MaxBatchSize = 49;

    /// <summary>The default of <see cref="IdleReclaimBatch"/>.</summary>
    public const int DefaultIdleReclaimBatch = 5;

    /// <summary>The default of <see cref="IdleReclaimJitter"/>.</summary>
    public const double DefaultIdleReclaimJitter = 0.1;

    /// <summary>The most IPv6 addresses that one AssignIpv6Addresses or CreateNetworkInterface takes.</summary>
    public const int MaxIpv6BatchSize = 10;

    /// <summary>The most security groups of one ENI.</summary>
    public const int MaxSecurityGroups = 10;

    /// <summary>The vSwitches to take addresses from, all in the node's zone; empty means the instance's own vSwitch.</summary>
    public IList<VSwitchId> VSwitches { get; } = [];

    /// <summary>The security groups of new ENIs, at most 10; empty means those of the instance's primary ENI.</summary>
    public IList<SecurityGroupId> SecurityGroups { get; } = [];

    /// <summary>Tags for new ENIs, beside those by which the pool finds its own again.</summary>
    public IDictionary<string, string> EniTags { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Tags that every ENI of the pool must carry: new ones get them, and one that lacks any of them counts as excluded.
    /// Empty means no condition.</summary>
    /// <remarks>An excluded ENI keeps the pods that it has; nothing of it is given out, added, taken back or deleted.</remarks>
    public IDictionary<string, string> EniTagFilter { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Tags that exclude an ENI, one of them is enough, beside <c>terway.alibabacloud.com/excluded=true</c> and
    /// <c>creator=alibabacloud-erdma-controller</c>.</summary>
    public IList<KeyValuePair<string, string>> EniTagBlockList { get; } = [];

    /// <summary>The resource group of new ENIs; null means the account's default.</summary>
    public ResourceGroupId? ResourceGroup { get; set; }

    /// <summary>The families that the pool has addresses of: IPv4, the default, or both. With both, an ENI has as many of the one as of the other.</summary>
    public AddressFamilies Families { get; set; } = AddressFamilies.IPv4;

    /// <summary>The low mark: so many addresses are kept ready for pods to come. Addresses, 0 or more; default 0.</summary>
    public int MinPoolSize { get; set; }

    /// <summary>The high mark: of more ready addresses than this the pool gives some back. Addresses, at least <see cref="MinPoolSize"/>; default 5.</summary>
    public int MaxPoolSize { get; set; } = DefaultMaxPoolSize;

    /// <summary>The low mark in ENIs: the addresses of so many ENIs are kept ready, at most <see cref="MaxPoolSize"/>.
    /// ENIs, 0 or more; 0, the default, leaves it to <see cref="MinPoolSize"/>, anything else takes its place.</summary>
    public int MinEni { get; set; }

    /// <summary>So many addresses are assigned to a new node once, before its pods ask, as far as <see cref="MaxPoolSize"/> allows
    /// them to be ready. Addresses, 0 or more; default 0.</summary>
    public int WarmUpSize { get; set; }

    /// <summary>After so long without a lease or a release the pool begins to give ready addresses back, down to its low mark;
    /// null, the default, means never. 1 s to 7 days.</summary>
    public TimeSpan? IdleReclaimAfter { get; set; }

    /// <summary>How long after that, and after each round, the next round of the reclaim comes. 1 s to 7 days; default 10 min.</summary>
    public TimeSpan IdleReclaimInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many ready addresses one round of the reclaim gives back. 1 to 1,000; default 5.</summary>
    public int IdleReclaimBatch { get; set; } = DefaultIdleReclaimBatch;

    /// <summary>By what share of itself <see cref="IdleReclaimInterval"/> is lengthened at random, so that nodes do not call together. 0 to 1; default 0.1.</summary>
    public double IdleReclaimJitter { get; set; } = DefaultIdleReclaimJitter;

    /// <summary>The most ENIs of the pool, when fewer than the instance type allows; null means no further limit.</summary>
    public int? MaxEni { get; set; }

    /// <summary>The share of the instance type's ENIs to use: <c>int(ENIs × ratio) + shift − 1</c>. Above 0, at most 1; default 1.</summary>
    public double EniCapRatio { get; set; } = 1;

    /// <summary>A correction of the ENI count after <see cref="EniCapRatio"/>; default 0.</summary>
    public int EniCapShift { get; set; }

    /// <summary>Which vSwitch a new ENI goes to; default random.</summary>
    public VSwitchSelection VSwitchSelection { get; set; } = VSwitchSelection.Random;

    /// <summary>Which ENI serves a pod first; default the fullest.</summary>
    public EniSelection EniSelection { get; set; } = EniSelection.MostIps;

    /// <summary>The most addresses assigned or unassigned by one call. 1 to 49; default 10.</summary>
    public int BatchSize { get; set; } = DefaultBatchSize;

    /// <summary>How long the first waiting pod's cloud call is held back so that pods of the same burst share it. 0 to 5 s; default 100 ms.</summary>
    public TimeSpan BatchDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a released address rests before it is given out again. 0 to 1 h; default 30 s.</summary>
    public TimeSpan Rest { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a lease request waits at most. 1 s to 10 min; default 110 s, inside the 120 s that a CNI call has.</summary>
    public TimeSpan LeaseTimeout { get; set; } = TimeSpan.FromSeconds(110);

    /// <summary>How many requests may wait at once; another one fails at once. 1 to 100,000; default 1,024.</summary>
    public int MaxWaiting { get; set; } = 1024;

    /// <summary>How many cloud calls run at once. 1 to 32; default 5.</summary>
    public int MaxParallelCalls { get; set; } = 5;

    /// <summary>How many ENIs are created or attached at once. 1 to <see cref="MaxParallelCalls"/>; default 3.</summary>
    public int MaxParallelCreates { get; set; } = 3;

    /// <summary>How long one cloud call may take before its outcome counts as unknown. 1 s to 5 min; default 60 s.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a call of unknown outcome may still take effect in the cloud. 1 s to 1 h; default 2 min.</summary>
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long an ENI may be on its way to or from the instance before the pool acts. 10 s to 1 h; default 2 min.</summary>
    public TimeSpan TransitionTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the node has to make an attached ENI's link ready, each time. 1 s to 10 min; default 30 s.</summary>
    public TimeSpan PrepareTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a vSwitch without free addresses is not asked again. 1 s to 1 day; default 10 min.</summary>
    public TimeSpan VSwitchSetAside { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How old the knowledge about vSwitches may be when an ENI is created. 1 s to 1 day; default 10 min.</summary>
    public TimeSpan VSwitchRefresh { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the pool does not grow after the cloud named a quota; doubled up to 16 times when it does so again. 1 s to 1 day; default 1 min.</summary>
    public TimeSpan QuotaPause { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an action is not tried after the cloud refused it for good: no permission, wrong parameter. 1 s to 1 day; default 5 min.</summary>
    public TimeSpan RefusalPause { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the metadata service is compared with the pool (no API call). 5 s to 1 day; default 1 min.</summary>
    public TimeSpan MetadataInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the cloud is asked for all ENIs of this node, to find what was forgotten. 1 min to 7 days; default 1 h.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a disposed pool waits for its running calls. 0 to 5 min; default 10 s.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Every property that is out of its range, and every two that contradict each other; empty when all is well.</summary>
    public IReadOnlyList<string> Validate() => EniPoolOptionsRules.Check(this);
}
