using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Terway.Netlink;

/// <summary><c>struct tcmsg</c> of <c>linux/rtnetlink.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TcHeader
{
    internal byte Family;
    internal byte Padding1;
    internal ushort Padding2;
    internal int Index;
    internal uint Handle;
    internal uint Parent;
    internal uint Info;
}

/// <summary><c>struct tc_ratespec</c> of <c>linux/pkt_sched.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct TcRateSpec
{
    internal byte CellLog;
    internal byte LinkLayer;
    internal ushort Overhead;
    internal short CellAlign;
    internal ushort MinimumPacket;
    internal uint Rate;
}

/// <summary><c>struct tc_tbf_qopt</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TcTbfOptions
{
    internal TcRateSpec Rate;
    internal TcRateSpec PeakRate;
    internal uint Limit;
    internal uint Buffer;
    internal uint Mtu;
}

/// <summary><c>struct tc_htb_glob</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TcHtbGlobal
{
    internal uint Version;
    internal uint RateToQuantum;
    internal uint DefaultClass;
    internal uint Debug;
    internal uint DirectPackets;
}

/// <summary><c>struct tc_prio_qopt</c>: the number of bands and the band of each priority.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TcPrioOptions
{
    internal int Bands;
    internal PriorityMap Map;

    [InlineArray(PrioQdisc.Priorities)]
    internal struct PriorityMap
    {
        private byte _first;
    }
}

/// <summary>Attributes of <c>linux/rtnetlink.h</c> and <c>linux/pkt_sched.h</c>.</summary>
internal static class TcConstants
{
    internal const ushort TCA_KIND = 1;
    internal const ushort TCA_OPTIONS = 2;
    internal const ushort TCA_CHAIN = 11;

    internal const ushort TCA_TBF_PARMS = 1;
    internal const ushort TCA_TBF_RATE64 = 4;

    internal const byte TC_LINKLAYER_ETHERNET = 1;

    internal const ushort TCA_HTB_INIT = 2;
    internal const ushort TCA_HTB_DIRECT_QLEN = 5;
    internal const uint HTB_VERSION = 3;
}
