using System.Runtime.InteropServices;

namespace Terway.Netlink;

/// <summary><c>struct rtgenmsg</c> of <c>linux/rtnetlink.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GenericHeader
{
    internal byte Family;
}

/// <summary>The number by which one namespace knows another, as in <c>ip netns list-id</c> (<c>RTM_NEWNSID</c>).</summary>
internal sealed record NamespaceIdMessage : INetlinkMessage<NamespaceIdMessage>
{
    internal const ushort NETNSA_NSID = 1;
    internal const ushort NETNSA_FD = 3;

    internal int? Id { get; init; }

    internal int? Descriptor { get; init; }

    internal RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        writer.WriteStruct(default(GenericHeader));
        writer.WriteInt32(NETNSA_NSID, Id);
        writer.WriteInt32(NETNSA_FD, Descriptor);
        writer.WriteRaw(Unknown);
    }

    static NamespaceIdMessage INetlinkMessage<NamespaceIdMessage>.Read(NetlinkReader reader)
    {
        reader.ReadStruct<GenericHeader>();
        var table = new AttributeTable(reader, stackalloc AttributeSlot[NETNSA_FD + 1]);
        return new NamespaceIdMessage
        {
            Id = table.Int32(NETNSA_NSID),
            Descriptor = table.Int32(NETNSA_FD),
            Unknown = table.TakeRest(),
        };
    }

    public override string ToString() => Id is { } id ? $"nsid {id}" : "nsid";
}
