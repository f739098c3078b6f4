using Terway.Cloud;
using Terway.Ipam.Store;

namespace Terway.Ipam.Planning;

/// <summary>What must not be exceeded, and what is aimed at.</summary>
internal sealed record PoolLimits
{
    /// <summary>Limits of the instance type; null until they are known.</summary>
    public InstanceCapacity? Capacity { get; init; }

    public required int MinIdle { get; init; }

    public required int MaxIdle { get; init; }

    public required int BatchSize { get; init; }

    public required TimeSpan BatchDelay { get; init; }

    public required int MaxParallelCalls { get; init; }

    public required int MaxParallelCreates { get; init; }

    public required TimeSpan TransitionTimeout { get; init; }

    public required EniSelection Selection { get; init; }

    public required VSwitchSelection VSwitchSelection { get; init; }

    /// <param name="options">The user's part.</param>
    /// <param name="node">What the instance type allows; null when it is not known yet.</param>
    /// <param name="highMark">The high mark as it is now.</param>
    public static PoolLimits From(EniPoolOptions options, StoredNode? node, int highMark) => new()
    {
        Capacity = node is null ? null : InstanceCapacity.Of(options, node),
        MinIdle = LowMark(options, node),
        MaxIdle = highMark,
        BatchSize = options.Families == AddressFamilies.DualStack ? Math.Min(options.BatchSize, EniPoolOptions.MaxIpv6BatchSize) : options.BatchSize,
        BatchDelay = options.BatchDelay,
        MaxParallelCalls = options.MaxParallelCalls,
        MaxParallelCreates = options.MaxParallelCreates,
        TransitionTimeout = options.TransitionTimeout,
        Selection = options.EniSelection,
        VSwitchSelection = options.VSwitchSelection,
    };

    /// <summary>The addresses to keep ready; counted in ENIs they are known only with the instance type.</summary>
    public static int LowMark(EniPoolOptions options, StoredNode? node) => options.MinEni == 0
        ? options.MinPoolSize
        : Math.Min(options.MinEni * (node is null ? 0 : InstanceCapacity.Of(options, node).AddressesPerEni), options.MaxPoolSize);
}

/// <summary>How many ENIs and addresses the pool may have.</summary>
/// <param name="InstanceType">Whose limits these are.</param>
/// <param name="InstanceSlots">Secondary ENIs that the instance type has slots for, whoever owns them.</param>
/// <param name="PoolEnis">ENIs that the configuration allows the pool.</param>
/// <param name="AddressesPerEni">Requests that one ENI can serve: its IPv4 addresses, the primary one included, or its pairs of both families.</param>
internal sealed record InstanceCapacity(InstanceTypeId InstanceType, int InstanceSlots, int PoolEnis, int AddressesPerEni)
{
    /// <summary>Whether leases have both families.</summary>
    public bool IsDual { get; init; }

    public static InstanceCapacity Of(EniPoolOptions options, StoredNode node)
    {
        var slots = Math.Max(0, node.EniQuantity - 1);
        var configured = (int)(node.EniQuantity * options.EniCapRatio) + options.EniCapShift - 1;
        if (options.MaxEni < configured)
            configured = options.MaxEni.Value;
        var isDual = options.Families == AddressFamilies.DualStack;
        var perEni = isDual ? Math.Min(node.Ipv4PerEni, node.Ipv6PerEni) : node.Ipv4PerEni;
        return new InstanceCapacity(node.InstanceType, slots, Math.Clamp(configured, 0, slots), perEni) { IsDual = isDual };
    }

    /// <summary>The most ENIs of the pool beside so many foreign ones.</summary>
    public int EnisBeside(int foreign) => Math.Max(0, Math.Min(PoolEnis, InstanceSlots - foreign));
}
