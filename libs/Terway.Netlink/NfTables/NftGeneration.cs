using static Terway.Netlink.NfTablesConstants;

namespace Terway.Netlink;

/// <summary>A state of the rulesets of a namespace: each transaction that changes something makes the next (<c>NFT_MSG_NEWGEN</c>).</summary>
/// <remarks>As a notification it follows the changes of its transaction and tells who made them.</remarks>
public sealed record NftGeneration : INetlinkMessage<NftGeneration>
{
    /// <summary>The number; it starts again after the largest.</summary>
    public required uint Id { get; init; }

    /// <summary>The id of the process whose transaction it was, in the kernel's first namespace of processes.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The name of that process, cut to 15 bytes, such as <c>nft</c> or <c>iptables-nft-re</c>.</summary>
    public string? ProcessName { get; init; }

    /// <summary>Attributes that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        writer.WriteStruct(NetfilterHeader.Of(NftFamily.Unspecified));
        writer.WriteUInt32BigEndian(NFTA_GEN_ID, Id);
        writer.WriteUInt32BigEndian(NFTA_GEN_PROC_PID, (uint?)ProcessId);
        writer.WriteString(NFTA_GEN_PROC_NAME, ProcessName);
        writer.WriteRaw(Unknown);
    }

    static NftGeneration INetlinkMessage<NftGeneration>.Read(NetlinkReader reader)
    {
        reader.ReadStruct<NetfilterHeader>();
        var table = new AttributeTable(reader, stackalloc AttributeSlot[NFTA_GEN_PROC_NAME + 1]);
        return new()
        {
            Id = table.UInt32BigEndian(NFTA_GEN_ID) ?? throw NetlinkReader.Malformed("a generation without number"),
            ProcessId = (int?)table.UInt32BigEndian(NFTA_GEN_PROC_PID),
            ProcessName = table.String(NFTA_GEN_PROC_NAME),
            Unknown = table.TakeRest(),
        };
    }
}
