using static Terway.Netlink.FilterConstants;

namespace Terway.Netlink;

/// <summary>Asks an eBPF program: <c>bpf</c>.</summary>
public sealed record BpfFilter : FilterKind
{
    internal const string KindName = "bpf";

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>In a request the descriptor of the loaded program.</summary>
    public int? ProgramDescriptor { get; init; }

    /// <summary>The program's name, for people.</summary>
    public string? ProgramName { get; init; }

    /// <summary>Whether the program's result is the control itself (<c>direct-action</c>).</summary>
    public bool IsDirectAction { get; init; } = true;

    /// <summary>The class for packets that match.</summary>
    public TcHandle? ClassId { get; init; }

    /// <summary>The program's id. Read only.</summary>
    public uint? ProgramId { get; init; }

    /// <summary>What is done with packets that match, in order; without direct action.</summary>
    public EquatableArray<FilterAction> Actions { get; init; }

    private protected override void WriteOptions(ref NetlinkWriter writer)
    {
        writer.WriteInt32(TCA_BPF_FD, ProgramDescriptor);
        writer.WriteString(TCA_BPF_NAME, ProgramName);
        writer.WriteUInt32(TCA_BPF_CLASSID, ClassId?.Value);
        writer.WriteUInt32(TCA_BPF_FLAGS, IsDirectAction ? TCA_BPF_FLAG_ACT_DIRECT : null);
        writer.WriteUInt32(TCA_BPF_ID, ProgramId);
        FilterAction.WriteAll(ref writer, TCA_BPF_ACT, Actions);
    }

    internal static BpfFilter ReadOptions(ref AttributeTable options) => new()
    {
        ProgramDescriptor = options.Int32(TCA_BPF_FD),
        ProgramName = options.String(TCA_BPF_NAME),
        ClassId = options.UInt32(TCA_BPF_CLASSID) is { } id ? new TcHandle(id) : null,
        IsDirectAction = ((options.UInt32(TCA_BPF_FLAGS) ?? 0) & TCA_BPF_FLAG_ACT_DIRECT) != 0,
        ProgramId = options.UInt32(TCA_BPF_ID),
        Actions = FilterAction.ReadAll(ref options, TCA_BPF_ACT),
    };
}
