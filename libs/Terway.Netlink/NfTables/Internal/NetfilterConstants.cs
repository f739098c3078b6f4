namespace Terway.Netlink;

/// <summary>What all subsystems of nfnetlink share: <c>linux/netfilter/nfnetlink.h</c>.</summary>
internal static class NetfilterConstants
{
    internal const ushort NFNL_SUBSYS_CTNETLINK = 1;
    internal const ushort NFNL_SUBSYS_NFTABLES = 10;

    internal const ushort NFNL_MSG_BATCH_BEGIN = 0x10;
    internal const ushort NFNL_MSG_BATCH_END = 0x11;
    internal const ushort NFNL_BATCH_GENID = 1;

    internal const uint NFNLGRP_NFTABLES = 7;

    /// <summary>The type of a message: the subsystem in the upper byte.</summary>
    internal static ushort MessageType(ushort subsystem, ushort message) => (ushort)(subsystem << 8 | message);

    /// <summary>Of each object's messages, GET is one above the NEW that answers it; statistics answer under their own type.</summary>
    internal static ushort AnswerTo(ushort type) =>
        type == MessageType(NFNL_SUBSYS_CTNETLINK, ConntrackConstants.IPCTNL_MSG_CT_GET_STATS) ? type : (ushort)(type - 1);
}
