using System.Runtime.InteropServices;

namespace Terway.Netlink;

/// <summary><c>struct rtmsg</c> of <c>linux/rtnetlink.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RouteHeader
{
    internal byte Family;
    internal byte DestinationLength;
    internal byte SourceLength;
    internal byte Tos;
    internal byte Table;
    internal byte Protocol;
    internal byte Scope;
    internal byte Type;
    internal uint Flags;
}

/// <summary><c>struct rtnexthop</c>: its attributes follow inside its length.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NextHopHeader
{
    internal ushort Length;
    internal byte Flags;
    internal byte Hops;
    internal int Index;
}

/// <summary>Attributes of routes, <c>linux/rtnetlink.h</c>.</summary>
internal static class RouteConstants
{
    internal const ushort RTA_DST = 1;
    internal const ushort RTA_SRC = 2;
    internal const ushort RTA_IIF = 3;
    internal const ushort RTA_OIF = 4;
    internal const ushort RTA_GATEWAY = 5;
    internal const ushort RTA_PRIORITY = 6;
    internal const ushort RTA_PREFSRC = 7;
    internal const ushort RTA_METRICS = 8;
    internal const ushort RTA_MULTIPATH = 9;
    internal const ushort RTA_TABLE = 15;
    internal const ushort RTA_MARK = 16;
    internal const ushort RTA_VIA = 18;
    internal const ushort RTA_PREF = 20;
    internal const ushort RTA_EXPIRES = 23;
    internal const ushort RTA_NH_ID = 30;

    internal const ushort RTAX_LOCK = 1;
    internal const ushort RTAX_MTU = 2;
    internal const ushort RTAX_WINDOW = 3;
    internal const ushort RTAX_ADVMSS = 8;
    internal const ushort RTAX_HOPLIMIT = 10;
    internal const ushort RTAX_INITCWND = 11;
    internal const ushort RTAX_INITRWND = 14;
}
