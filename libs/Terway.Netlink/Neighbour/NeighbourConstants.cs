using System.Runtime.InteropServices;

namespace Terway.Netlink;

/// <summary><c>struct ndmsg</c> of <c>linux/neighbour.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NeighbourHeader
{
    internal byte Family;
    internal byte Padding1;
    internal ushort Padding2;
    internal int Index;
    internal ushort State;
    internal byte Flags;
    internal byte Type;
}

/// <summary>Attributes of neighbours, <c>linux/neighbour.h</c>.</summary>
internal static class NeighbourConstants
{
    internal const ushort NDA_DST = 1;
    internal const ushort NDA_LLADDR = 2;
    internal const ushort NDA_PROBES = 4;
    internal const ushort NDA_VLAN = 5;
    internal const ushort NDA_IFINDEX = 8;
    internal const ushort NDA_MASTER = 9;
    internal const ushort NDA_PROTOCOL = 12;
}
