using System.Buffers.Binary;
using System.Net;
using Terway.Policy.Internal;

namespace Terway.Policy.Nftables.Internal;

/// <summary>Blocks as intervals of the kernel, which must not overlap.</summary>
internal static class NetworkList
{
    /// <summary>The blocks of one version of IP that lie in no other one, in order; they hold what all of them hold.</summary>
    internal static List<IPNetwork> Widest(IEnumerable<IPNetwork> networks)
    {
        // A block comes right before those inside it, so that one look back is enough.
        List<IPNetwork> widest = [];
        foreach (var network in networks.OrderBy(n => Number(n.BaseAddress)).ThenBy(n => n.PrefixLength))
        {
            if (widest.Count == 0 || !widest[^1].Contains(network))
                widest.Add(network);
        }

        return widest;
    }

    private static UInt128 Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var size);
        return size == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
