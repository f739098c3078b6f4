using System.Collections.Immutable;
using static Terway.Netlink.TcConstants;

namespace Terway.Netlink;

/// <summary>Hooks for filters on both ways of a link; queues nothing. Attached at <see cref="TcHandle.Ingress"/>.</summary>
public sealed record ClsactQdisc : QdiscKind
{
    internal const string KindName = "clsact";

    /// <inheritdoc/>
    public override string Name => KindName;
}

/// <summary>A hook for filters of packets that come in; queues nothing. Attached at <see cref="TcHandle.Ingress"/>.</summary>
public sealed record IngressQdisc : QdiscKind
{
    internal const string KindName = "ingress";

    /// <inheritdoc/>
    public override string Name => KindName;
}

/// <summary>A child qdisc for each transmit queue of a link.</summary>
public sealed record MqQdisc : QdiscKind
{
    internal const string KindName = "mq";

    /// <inheritdoc/>
    public override string Name => KindName;
}

/// <summary>Paces flows and shares fairly among them; its settings are in <see cref="QdiscKind.Unknown"/>.</summary>
public sealed record FqQdisc : QdiscKind
{
    internal const string KindName = "fq";

    /// <inheritdoc/>
    public override string Name => KindName;
}

/// <summary>Bands, each served only when those before it are empty.</summary>
public sealed record PrioQdisc : QdiscKind
{
    internal const string KindName = "prio";

    /// <summary>The number of packet priorities.</summary>
    public const int Priorities = 16;

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>The number of bands, 2 to 16.</summary>
    public int Bands { get; init; } = 3;

    /// <summary>The band of each of the 16 packet priorities.</summary>
    public EquatableArray<byte> PriorityMap { get; init; } = [1, 2, 2, 2, 1, 2, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1];

    private protected override void WriteOptions(ref NetlinkWriter writer)
    {
        var options = new TcPrioOptions { Bands = Bands };
        PriorityMap.AsSpan()[..Math.Min(PriorityMap.Count, Priorities)].CopyTo(options.Map);
        writer.WriteAttributeStruct(TCA_OPTIONS, options);
    }

    internal static PrioQdisc ReadOptions(bool present, NetlinkAttribute attribute)
    {
        if (!present)
            return new();
        var options = attribute.ReadStruct<TcPrioOptions>();
        return new() { Bands = options.Bands, PriorityMap = new(ImmutableArray.Create<byte>(options.Map)) };
    }
}

/// <summary>A hierarchy of token buckets; its classes are made apart.</summary>
public sealed record HtbQdisc : QdiscKind
{
    internal const string KindName = "htb";

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>The minor number of the class for packets that no filter names; 0: they pass without shaping.</summary>
    public uint DefaultClass { get; init; }

    /// <summary>Divides a class's rate to get the bytes it may send in a turn (<c>r2q</c>).</summary>
    public uint RateToQuantum { get; init; } = 10;

    /// <summary>How many packets wait in the queue of those that pass without shaping.</summary>
    public uint? DirectQueueLength { get; init; }

    /// <summary>How many packets passed without shaping. Read only.</summary>
    public uint DirectPackets { get; init; }

    /// <summary>The major version in a request; major and minor in an answer.</summary>
    internal uint Version { get; init; } = HTB_VERSION;

    private protected override void WriteOptions(ref NetlinkWriter writer)
    {
        var options = writer.BeginNested(TCA_OPTIONS);
        writer.WriteAttributeStruct(TCA_HTB_INIT, new TcHtbGlobal
        {
            Version = Version,
            RateToQuantum = RateToQuantum,
            DefaultClass = DefaultClass,
            DirectPackets = DirectPackets,
        });
        writer.WriteUInt32(TCA_HTB_DIRECT_QLEN, DirectQueueLength);
        writer.WriteRaw(Unknown);
        writer.EndNested(options);
    }

    internal static HtbQdisc ReadOptions(NetlinkReader reader)
    {
        var table = new AttributeTable(reader, stackalloc AttributeSlot[TCA_HTB_DIRECT_QLEN + 1]);
        var global = table.Struct<TcHtbGlobal>(TCA_HTB_INIT) ?? default;
        return new()
        {
            Version = global.Version,
            DefaultClass = global.DefaultClass,
            DirectPackets = global.DirectPackets,
            RateToQuantum = global.RateToQuantum,
            DirectQueueLength = table.UInt32(TCA_HTB_DIRECT_QLEN),
            Unknown = table.TakeRest(),
        };
    }

    /// <summary>The kind in the words of <c>tc</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"htb default 0x{DefaultClass:x}";
}

/// <summary>A kind that has no type here; its settings are in <see cref="QdiscKind.Unknown"/>.</summary>
/// <param name="kind">The kernel's name of the kind.</param>
public sealed record OtherQdisc(string kind) : QdiscKind
{
    /// <inheritdoc/>
    public override string Name => kind;
}
