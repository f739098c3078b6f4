using System.Buffers.Binary;
using System.Net;

namespace Terway.Cloud.Testing.Internal;

/// <summary>The IPv4 addresses of one vSwitch: who has which. The first and the last three are the cloud's own.</summary>
internal sealed class Ipv4Space
{
    private const int PrefixLength = 28;
    private const uint PrefixSize = 16;

    /// <summary>Who holds addresses that somebody outside of this account's story took.</summary>
    internal static readonly EniId Others = new("others");

    private readonly uint _start;
    private readonly uint _size;
    private readonly (uint Start, uint Size)? _reservation;
    private readonly Dictionary<uint, EniId> _owners = [];
    private readonly Dictionary<uint, EniId> _prefixOwners = [];
    private readonly long _singles;
    private int _usedSingles;

    internal Ipv4Space(IPNetwork cidr, IPNetwork? prefixReservation)
    {
        Cidr = cidr;
        _start = ToNumber(cidr.BaseAddress);
        _size = 1u << (32 - cidr.PrefixLength);
        if (prefixReservation is { } reserved)
            _reservation = (ToNumber(reserved.BaseAddress), 1u << (32 - reserved.PrefixLength));
        _singles = _size - 4 - (_reservation?.Size ?? 0);
    }

    internal IPNetwork Cidr { get; }

    /// <summary>The third address from the end.</summary>
    internal IPAddress Gateway => ToAddress(_start + _size - 3);

    /// <summary>Free addresses: one less per address, 16 less per prefix.</summary>
    internal long Available => _size - 4 - _usedSingles - (_prefixOwners.Count * PrefixSize);

    private long FreeSingles => _singles - _usedSingles - PrefixesOutsideReservation() * PrefixSize;

    internal bool CanTake(int count) => FreeSingles >= count;

    internal EniId? OwnerOf(IPAddress address)
    {
        var number = ToNumber(address);
        if (_owners.TryGetValue(number, out var owner))
            return owner;
        return _prefixOwners.TryGetValue(number & ~(PrefixSize - 1), out owner) ? owner : null;
    }

    /// <summary>Whether a caller may ask for this address at all.</summary>
    internal bool IsAssignable(IPAddress address) => Cidr.Contains(address) && IsSingle(ToNumber(address));

    /// <summary>Gives a random free address; the caller has checked that there is one.</summary>
    internal IPAddress Take(EniId owner, Random random)
    {
        var offset = (uint)random.NextInt64(_size);
        for (uint i = 0; i < _size; i++)
        {
            var number = _start + ((offset + i) % _size);
            if (!IsSingle(number) || IsTaken(number))
                continue;
            TakeNumber(number, owner);
            return ToAddress(number);
        }
        throw new InvalidOperationException($"No free address in {Cidr}; {nameof(CanTake)} was not asked.");
    }

    internal void Take(IPAddress address, EniId owner)
    {
        if (OwnerOf(address) is { } other)
            throw new InvalidOperationException($"{address} already belongs to {other}.");
        TakeNumber(ToNumber(address), owner);
    }

    internal void Release(IPAddress address)
    {
        if (!_owners.Remove(ToNumber(address)))
            throw new InvalidOperationException($"{address} belongs to nobody.");
        _usedSingles--;
    }

    /// <summary>Has others take or give back single addresses until so many are free, as far as that goes.</summary>
    /// <returns>How many are free now.</returns>
    internal long Leave(long free, Random random)
    {
        foreach (var number in _owners.Where(o => o.Value == Others).Select(o => o.Key).Order().ToList())
        {
            if (FreeSingles >= free)
                break;
            Release(ToAddress(number));
        }
        while (FreeSingles > free)
            Take(Others, random);
        return FreeSingles;
    }

    /// <summary>Free /28 blocks in address order, at most as many as asked for.</summary>
    internal List<IPNetwork> FindPrefixes(int count, bool alsoUnreserved)
    {
        var found = new List<IPNetwork>();
        for (var block = _start; block - _start < _size && found.Count < count; block += PrefixSize)
        {
            var prefix = new IPNetwork(ToAddress(block), PrefixLength);
            if (IsFreePrefix(prefix, alsoUnreserved))
                found.Add(prefix);
        }
        return found;
    }

    internal bool IsFreePrefix(IPNetwork prefix, bool alsoUnreserved)
    {
        var block = ToNumber(prefix.BaseAddress);
        if (prefix.PrefixLength != PrefixLength || !Cidr.Contains(prefix.BaseAddress) || _prefixOwners.ContainsKey(block))
            return false;
        if (IsReserved(block))
            return true;
        if (!alsoUnreserved)
            return false;
        for (var number = block; number < block + PrefixSize; number++)
        {
            if (!IsSingle(number) || IsTaken(number))
                return false;
        }
        return true;
    }

    internal void TakePrefix(IPNetwork prefix, EniId owner) => _prefixOwners.Add(ToNumber(prefix.BaseAddress), owner);

    internal void ReleasePrefix(IPNetwork prefix)
    {
        if (!_prefixOwners.Remove(ToNumber(prefix.BaseAddress)))
            throw new InvalidOperationException($"{prefix} belongs to nobody.");
    }

    private void TakeNumber(uint number, EniId owner)
    {
        _owners.Add(number, owner);
        _usedSingles++;
    }

    private bool IsTaken(uint number) => _owners.ContainsKey(number) || _prefixOwners.ContainsKey(number & ~(PrefixSize - 1));

    /// <summary>Neither the cloud's own nor set aside for prefixes.</summary>
    private bool IsSingle(uint number)
    {
        var offset = number - _start;
        return offset >= 1 && offset < _size - 3 && !IsReserved(number);
    }

    private bool IsReserved(uint number) => _reservation is { } r && number - r.Start < r.Size;

    private int PrefixesOutsideReservation() => _prefixOwners.Keys.Count(block => !IsReserved(block));

    private static uint ToNumber(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    private static IPAddress ToAddress(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes);
    }
}
