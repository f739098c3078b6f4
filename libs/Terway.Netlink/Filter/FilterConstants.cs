using System.Runtime.InteropServices;

namespace Terway.Netlink;

/// <summary><c>struct tc_u32_sel</c> of <c>linux/pkt_cls.h</c>, without the keys that follow it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TcU32Selector
{
    internal byte Flags;
    internal byte OffsetShift;
    internal byte KeyCount;
    internal byte Padding;
    internal ushort OffsetMask;
    internal ushort Offset;
    internal short OffsetOffset;
    internal short HashOffset;
    internal uint HashMask;
}

/// <summary><c>tc_gen</c>: how every action's parameters start.</summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct TcActionHeader
{
    internal uint Index;
    internal uint Capabilities;
    internal int Control;
    internal int References;
    internal int Bindings;
}

/// <summary><c>struct tc_mirred</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TcMirred
{
    internal TcActionHeader Header;
    internal int Direction;
    internal int Index;
}

/// <summary><c>struct tc_vlan</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TcVlan
{
    internal TcActionHeader Header;
    internal int Operation;
}

/// <summary>Attributes of <c>linux/pkt_cls.h</c> and of <c>linux/tc_act/</c>.</summary>
internal static class FilterConstants
{
    internal const ushort TCA_U32_CLASSID = 1;
    internal const ushort TCA_U32_SEL = 5;
    internal const ushort TCA_U32_ACT = 7;

    internal const ushort TCA_BPF_ACT = 1;
    internal const ushort TCA_BPF_CLASSID = 3;
    internal const ushort TCA_BPF_FD = 6;
    internal const ushort TCA_BPF_NAME = 7;
    internal const ushort TCA_BPF_FLAGS = 8;
    internal const ushort TCA_BPF_ID = 11;
    internal const uint TCA_BPF_FLAG_ACT_DIRECT = 1;

    internal const ushort TCA_ACT_KIND = 1;
    internal const ushort TCA_ACT_OPTIONS = 2;

    internal const ushort TCA_MIRRED_PARMS = 2;
    internal const ushort TCA_GACT_PARMS = 2;

    internal const ushort TCA_VLAN_PARMS = 2;
    internal const ushort TCA_VLAN_PUSH_VLAN_ID = 3;
    internal const ushort TCA_VLAN_PUSH_VLAN_PROTOCOL = 4;
    internal const ushort TCA_VLAN_PUSH_VLAN_PRIORITY = 6;
}
