using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Terway.Netlink;

/// <summary><c>struct nfgenmsg</c> of <c>linux/netfilter/nfnetlink.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NetfilterHeader
{
    internal byte Family;
    internal byte Version;

    /// <summary>In network order: a batch's subsystem, or in answers of nf_tables the lower half of the generation.</summary>
    internal ushort ResourceId;

    internal static NetfilterHeader Of(NftFamily family) => new() { Family = (byte)family };

    internal static NetfilterHeader Of(IpFamily family) => new() { Family = (byte)family };

    internal static NetfilterHeader OfBatch(ushort subsystem) =>
        new() { ResourceId = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(subsystem) : subsystem };
}
