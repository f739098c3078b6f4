using static Terway.Netlink.TcConstants;

namespace Terway.Netlink;

/// <summary>A token bucket: limits what a link sends to a rate, with bursts, as <c>tc qdisc … tbf</c>.</summary>
public sealed record TbfQdisc : QdiscKind
{
    internal const string KindName = "tbf";

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>The rate in bytes per second.</summary>
    public required ulong Rate { get; init; }

    /// <summary>The time that the bucket takes to fill, in ticks of <see cref="TcClock"/>: the burst divided by the rate.</summary>
    public required uint Buffer { get; init; }

    /// <summary>How many bytes may wait; what comes beyond is dropped.</summary>
    public required uint Limit { get; init; }

    /// <summary>What else the kernel or <c>tc</c> says of the rate: how to count a packet's overhead.</summary>
    internal TcRateSpec RateDetails { get; init; } = new() { LinkLayer = TC_LINKLAYER_ETHERNET };

    internal TcRateSpec PeakRate { get; init; }

    internal uint PeakBuffer { get; init; }

    /// <summary>A bucket of a rate, burst and latency.</summary>
    /// <param name="rate">Bytes per second, at least 1.</param>
    /// <param name="burst">Bytes that may be sent at once; at least a packet.</param>
    /// <param name="latency">How long a packet may wait; it makes the limit.</param>
    /// <param name="clock">The kernel's clock.</param>
    /// <returns>The bucket.</returns>
    public static TbfQdisc ForRate(ulong rate, uint burst, TimeSpan latency, TcClock clock)
    {
        ArgumentOutOfRangeException.ThrowIfZero(rate);
        ArgumentOutOfRangeException.ThrowIfZero(burst);
        ArgumentOutOfRangeException.ThrowIfLessThan(latency, TimeSpan.Zero);
        return new()
        {
            Rate = rate,
            Buffer = clock.Ticks((ulong)(burst * 1e6 / rate)),
            Limit = checked((uint)(rate * latency.TotalMicroseconds / 1e6) + burst),
        };
    }

    private protected override void WriteOptions(ref NetlinkWriter writer)
    {
        var options = writer.BeginNested(TCA_OPTIONS);
        writer.WriteAttributeStruct(TCA_TBF_PARMS, new TcTbfOptions
        {
            Rate = RateDetails with { Rate = (uint)Math.Min(Rate, uint.MaxValue) },
            PeakRate = PeakRate,
            Limit = Limit,
            Buffer = Buffer,
            Mtu = PeakBuffer,
        });
        writer.WriteUInt64(TCA_TBF_RATE64, Rate > uint.MaxValue ? Rate : null);
        writer.WriteRaw(Unknown);
        writer.EndNested(options);
    }

    internal static TbfQdisc ReadOptions(NetlinkReader reader)
    {
        var table = new AttributeTable(reader, stackalloc AttributeSlot[TCA_TBF_RATE64 + 1]);
        var options = table.Struct<TcTbfOptions>(TCA_TBF_PARMS) ?? default;
        return new()
        {
            Rate = table.UInt64(TCA_TBF_RATE64) ?? options.Rate.Rate,
            Buffer = options.Buffer,
            Limit = options.Limit,
            RateDetails = options.Rate with { Rate = 0 },
            PeakRate = options.PeakRate,
            PeakBuffer = options.Mtu,
            Unknown = table.TakeRest(),
        };
    }

    /// <summary>The bucket in the words of <c>tc</c>; the rate in bits per second.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"tbf rate {Rate * 8}bit limit {Limit}b";
}
