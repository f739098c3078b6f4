using System.Buffers.Binary;
using System.Net;

namespace Terway.Cloud.Testing.Internal;

/// <summary>The IPv6 addresses of one vSwitch (/64): who has which. The first and the last nine are the cloud's own.</summary>
internal sealed class Ipv6Space(IPNetwork cidr, IPNetwork? prefixReservation)
{
    private const int PrefixLength = 80;
    private const ulong LastOwn = 9;

    private readonly Dictionary<IPAddress, EniId> _owners = [];
    private readonly Dictionary<IPAddress, EniId> _prefixOwners = [];

    internal IPNetwork Cidr { get; } = cidr;

    /// <summary>The ninth address from the end.</summary>
    internal IPAddress Gateway => Address(ulong.MaxValue - 8);

    internal EniId? OwnerOf(IPAddress address) => _owners.TryGetValue(address, out var owner) ? owner : PrefixOwnerOf(address);

    internal bool IsAssignable(IPAddress address) =>
        Cidr.Contains(address) && HostOf(address) is > 0 and <= ulong.MaxValue - LastOwn
        && prefixReservation?.Contains(address) != true;

    internal IPAddress Take(EniId owner, Random random)
    {
        while (true)
        {
            var address = Address((ulong)random.NextInt64(long.MinValue, long.MaxValue));
            if (!IsAssignable(address) || OwnerOf(address) is not null)
                continue;
            _owners.Add(address, owner);
            return address;
        }
    }

    internal void Take(IPAddress address, EniId owner)
    {
        if (OwnerOf(address) is { } other)
            throw new InvalidOperationException($"{address} already belongs to {other}.");
        _owners.Add(address, owner);
    }

    internal void Release(IPAddress address)
    {
        if (!_owners.Remove(address))
            throw new InvalidOperationException($"{address} belongs to nobody.");
    }

    /// <summary>Free /80 blocks in address order, at most as many as asked for.</summary>
    internal List<IPNetwork> FindPrefixes(int count, bool alsoUnreserved)
    {
        var found = new List<IPNetwork>();
        for (uint block = 0; block <= ushort.MaxValue && found.Count < count; block++)
        {
            var prefix = new IPNetwork(Address((ulong)block << 48), PrefixLength);
            if (IsFreePrefix(prefix, alsoUnreserved))
                found.Add(prefix);
        }
        return found;
    }

    internal bool IsFreePrefix(IPNetwork prefix, bool alsoUnreserved)
    {
        if (prefix.PrefixLength != PrefixLength || !Cidr.Contains(prefix.BaseAddress) || _prefixOwners.ContainsKey(prefix.BaseAddress))
            return false;
        if (prefixReservation?.Contains(prefix.BaseAddress) == true)
            return true;
        // The first and the last block hold the cloud's own addresses.
        var block = HostOf(prefix.BaseAddress) >> 48;
        return alsoUnreserved && block is > 0 and < ushort.MaxValue && !_owners.Keys.Any(prefix.Contains);
    }

    internal void TakePrefix(IPNetwork prefix, EniId owner) => _prefixOwners.Add(prefix.BaseAddress, owner);

    internal void ReleasePrefix(IPNetwork prefix)
    {
        if (!_prefixOwners.Remove(prefix.BaseAddress))
            throw new InvalidOperationException($"{prefix} belongs to nobody.");
    }

    private EniId? PrefixOwnerOf(IPAddress address) =>
        _prefixOwners.Count > 0 && _prefixOwners.TryGetValue(Address(HostOf(address) & 0xffff_0000_0000_0000), out var owner) ? owner : null;

    private static ulong HostOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
    }

    private IPAddress Address(ulong host)
    {
        Span<byte> bytes = stackalloc byte[16];
        Cidr.BaseAddress.TryWriteBytes(bytes, out _);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], host);
        return new IPAddress(bytes);
    }
}
