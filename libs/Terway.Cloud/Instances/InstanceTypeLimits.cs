namespace Terway.Cloud;

/// <summary>What an instance type allows, as <c>DescribeInstanceTypes</c> shows it.</summary>
public sealed record InstanceTypeLimits
{
    /// <summary>The type.</summary>
    public required InstanceTypeId InstanceType { get; init; }

    /// <summary>ENIs including the primary one, without trunk members.</summary>
    public required int EniQuantity { get; init; }

    /// <summary>ENIs including trunk members.</summary>
    public required int EniTotalQuantity { get; init; }

    /// <summary>IPv4 addresses of one ENI including its primary one; a /28 prefix counts as one.</summary>
    public required int Ipv4PerEni { get; init; }

    /// <summary>IPv6 addresses of one ENI; a /80 prefix counts as one.</summary>
    public required int Ipv6PerEni { get; init; }

    /// <summary>Whether a trunk ENI may be attached.</summary>
    public bool TrunkSupported { get; init; }

    /// <summary>ERDMA interfaces.</summary>
    public int EriQuantity { get; init; }

    /// <summary>vCPUs.</summary>
    public int CpuCoreCount { get; init; }

    /// <summary>Memory in GiB.</summary>
    public double MemorySize { get; init; }

    /// <summary>Receive bandwidth in kbit/s, 0 when unknown.</summary>
    public long BandwidthRx { get; init; }

    /// <summary>Send bandwidth in kbit/s, 0 when unknown.</summary>
    public long BandwidthTx { get; init; }

    /// <summary>The indexes of the network cards; empty where the type has a single one.</summary>
    public EquatableArray<int> NetworkCards { get; init; }

    /// <summary>Pods that can share ENIs: every IPv4 address of every ENI but the primary.</summary>
    public int SharedEniPods => Math.Max(0, EniQuantity - 1) * Ipv4PerEni;

    /// <summary>Pods that can have an ENI each.</summary>
    public int ExclusiveEniPods => Math.Max(0, EniQuantity - 1);

    /// <summary>Pods that can have a trunk member each beside full ordinary ENIs; 0 without trunk support.</summary>
    public int TrunkPods => TrunkSupported ? Math.Max(0, EniTotalQuantity - EniQuantity) : 0;

    /// <summary>Whether every IPv4 address of an ENI can have an IPv6 address beside it.</summary>
    public bool DualStackSupported => Ipv6PerEni > 0 && Ipv6PerEni == Ipv4PerEni;
}
