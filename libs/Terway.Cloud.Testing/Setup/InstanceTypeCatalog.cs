using System.Collections.Frozen;

namespace Terway.Cloud.Testing;

/// <summary>Limits of real instance types, from Alibaba Cloud's instance family pages and API records.</summary>
public static class InstanceTypeCatalog
{
    /// <summary>The known types by name.</summary>
    public static IReadOnlyDictionary<InstanceTypeId, InstanceTypeLimits> Types { get; } = Rows().ToFrozenDictionary(t => t.InstanceType);

    // IPv6 = 0 where no source names the number. EniTotalQuantity equals EniQuantity without trunk support; the types
    // with it are known one by one.
    private static IEnumerable<InstanceTypeLimits> Rows() =>
    [
        //  type               vCPU  GiB eni v4 v6  Mbit/s
        Row("ecs.g5.large",       2,   8, 2,  6, 0,  1000),
        Row("ecs.g5.xlarge",      4,  16, 3, 10, 0,  1500),
        Row("ecs.g5.2xlarge",     8,  32, 4, 10, 0,  2500),
        Row("ecs.g5.4xlarge",    16,  64, 8, 20, 0,  5000),
        Row("ecs.g5.8xlarge",    32, 128, 8, 20, 0, 10000),
        Row("ecs.g6.large",       2,   8, 2,  6, 1,  1024),
        Row("ecs.c6.large",       2,   4, 2,  6, 1,  1024),
        Row("ecs.r6.large",       2,  16, 2,  6, 1,  1024),
        Row("ecs.g6.xlarge",      4,  16, 3, 10, 1,  1500),
        Row("ecs.c6.xlarge",      4,   8, 3, 10, 1,  1500),
        Row("ecs.g6.2xlarge",     8,  32, 4, 10, 1,  2500),
        Row("ecs.c6.2xlarge",     8,  16, 4, 10, 1,  2500),
        Row("ecs.g6.3xlarge",    12,  48, 6, 10, 1,  4000),
        Row("ecs.g6.4xlarge",    16,  64, 8, 20, 1,  5000),
        Row("ecs.g6.8xlarge",    32, 128, 8, 20, 1, 10240),
        Row("ecs.g6.13xlarge",   52, 192, 7, 20, 1, 12500),
        Row("ecs.g6.16xlarge",   64, 256, 8, 20, 1, 20480) with { EniTotalQuantity = 60, TrunkSupported = true },
        Row("ecs.g6.26xlarge",  104, 384, 15, 20, 1, 25000),
        Row("ecs.g6e.large",      2,   8, 3,  6, 0,  1200),
        Row("ecs.g6e.xlarge",     4,  16, 4, 15, 0,  2000),
        Row("ecs.g6e.4xlarge",   16,  64, 8, 30, 0,  6000),
        Row("ecs.g7.large",       2,   8, 3,  6, 6,  2000),
        Row("ecs.c7.large",       2,   4, 3,  6, 6,  2000),
        Row("ecs.r7.large",       2,  16, 3,  6, 6,  2000),
        Row("ecs.g7.xlarge",      4,  16, 4, 15, 15, 3072) with { EniTotalQuantity = 20, TrunkSupported = true },
        Row("ecs.c7.xlarge",      4,   8, 4, 15, 15, 3000),
        Row("ecs.g7.2xlarge",     8,  32, 4, 15, 15, 5120) with { EniTotalQuantity = 10, TrunkSupported = true },
        Row("ecs.g7.3xlarge",    12,  48, 8, 15, 15, 8000),
        Row("ecs.g7.4xlarge",    16,  64, 8, 30, 30, 10000),
        Row("ecs.g7.8xlarge",    32, 128, 8, 30, 30, 16000),
        Row("ecs.g7.16xlarge",   64, 256, 8, 30, 30, 32000),
        Row("ecs.g7.32xlarge",  128, 512, 15, 30, 30, 64000),
        Row("ecs.g7ne.large",     2,   8, 3, 10, 0,  1500),
        Row("ecs.g7ne.24xlarge", 96, 384, 15, 50, 0, 80000),
        Row("ecs.g8i.large",      2,   8, 3,  6, 6,  2500),
        Row("ecs.g8i.xlarge",     4,  16, 4, 15, 15, 4000),
        Row("ecs.g8i.2xlarge",    8,  32, 4, 15, 15, 6000),
        Row("ecs.g8i.24xlarge",  96, 384, 15, 30, 30, 50000),
        Row("ecs.g8i.48xlarge", 192, 768, 15, 50, 50, 100000),
        Row("ecs.u1-c1m4.xlarge", 4,  16, 3, 10, 1,  1536) with { EniTotalQuantity = 6, TrunkSupported = true },
        Row("ecs.t6-c1m1.large",  2,   2, 2,  2, 0,    80),
        Row("ecs.t1.xsmall",      1,   1, 1,  1, 0,     0),
        Row("ecs.ebmg5.24xlarge", 96, 384, 32, 10, 0, 10240),
        Row("ecs.ebmre7p.32xlarge", 128, 1024, 32, 15, 1, 65536) with { EniTotalQuantity = 110, TrunkSupported = true },
    ];

    private static InstanceTypeLimits Row(string name, int cpu, double memory, int eni, int ipv4, int ipv6, long megabits) => new()
    {
        InstanceType = new InstanceTypeId(name),
        CpuCoreCount = cpu,
        MemorySize = memory,
        EniQuantity = eni,
        EniTotalQuantity = eni,
        Ipv4PerEni = ipv4,
        Ipv6PerEni = ipv6,
        BandwidthRx = megabits * 1000,
        BandwidthTx = megabits * 1000,
    };
}
