using System.Buffers.Binary;
using System.Net;

namespace Terway.Policy.Manifests.Internal;

/// <summary>Gives out pairs of addresses, one of each version of IP, counted up from a start and past those that are used.</summary>
internal sealed class AddressSequence(IPAddress beforeV4, IPAddress beforeV6, HashSet<IPAddress> used)
{
    private const int BytesOfV4 = 4;

    private uint _count;

    internal EquatableArray<IPAddress> Next()
    {
        while (true)
        {
            _count++;
            IPAddress[] pair = [Add(beforeV4, _count), Add(beforeV6, _count)];
            if (!pair.Any(used.Contains))
                return [.. pair];
        }
    }

    private static IPAddress Add(IPAddress address, uint count)
    {
        var bytes = address.GetAddressBytes();
        var last = bytes.AsSpan(bytes.Length - BytesOfV4);
        BinaryPrimitives.WriteUInt32BigEndian(last, BinaryPrimitives.ReadUInt32BigEndian(last) + count);
        return new(bytes);
    }
}
