using System.Runtime.InteropServices;

namespace Terway.Netlink;

/// <summary>Counters of a link since it was made (<c>struct rtnl_link_stats64</c>), as in <c>ip -s link</c>.</summary>
/// <param name="RxPackets">Packets received.</param>
/// <param name="TxPackets">Packets sent.</param>
/// <param name="RxBytes">Bytes received.</param>
/// <param name="TxBytes">Bytes sent.</param>
/// <param name="RxErrors">Packets received with an error.</param>
/// <param name="TxErrors">Packets that failed to be sent.</param>
/// <param name="RxDropped">Packets received and dropped.</param>
/// <param name="TxDropped">Packets dropped on the way out.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct LinkStatistics(
    ulong RxPackets, ulong TxPackets, ulong RxBytes, ulong TxBytes, ulong RxErrors, ulong TxErrors, ulong RxDropped, ulong TxDropped)
{
    /// <summary>Reads the start of the kernel's struct, whose order is the one above.</summary>
    internal static LinkStatistics? Read(ReadOnlySpan<byte> payload) =>
        MemoryMarshal.TryRead<LinkStatistics>(payload, out var statistics) ? statistics : null;
}
