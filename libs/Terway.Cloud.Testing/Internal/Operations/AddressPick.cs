using System.Collections.Immutable;
using System.Net;

namespace Terway.Cloud.Testing.Internal;

/// <summary>The addresses that a new ENI will get, checked as a whole before any is taken.</summary>
internal sealed class AddressPick
{
    private const int MaxSecondary = 49;
    private const int MaxNamed = 10;
    private readonly World _world;
    private readonly VSwitchEntry _vSwitch;
    private readonly IPAddress? _primary;
    private readonly int _secondaryCount;
    private readonly EquatableArray<IPAddress> _secondaryNamed;
    private readonly int _ipv6Count;
    private readonly EquatableArray<IPAddress> _ipv6Named;
    private readonly List<IPNetwork> _prefixes;
    private readonly List<IPNetwork> _ipv6Prefixes;

    private AddressPick(World world, VSwitchEntry vSwitch, CreateNetworkInterfaceRequest request)
    {
        _world = world;
        _vSwitch = vSwitch;
        _primary = request.PrimaryIpAddress;
        _secondaryCount = request.SecondaryIpAddressCount;
        _secondaryNamed = request.SecondaryIpAddresses;
        _ipv6Count = request.Ipv6AddressCount;
        _ipv6Named = request.Ipv6Addresses;
        _prefixes = [.. PrefixPick.Ipv4(world, vSwitch, request.Ipv4PrefixCount), .. PrefixPick.Ipv4(world, vSwitch, request.Ipv4Prefixes)];
        _ipv6Prefixes = [.. PrefixPick.Ipv6(world, vSwitch, request.Ipv6PrefixCount), .. PrefixPick.Ipv6(world, vSwitch, request.Ipv6Prefixes)];
    }

    /// <summary>The IPv4 prefixes, taken together with the primary address.</summary>
    internal EquatableArray<IPNetwork> Prefixes => _prefixes.ToEquatableArray();

    internal int SecondaryCount => _secondaryCount + _secondaryNamed.Count;

    internal static AddressPick ForNewEni(World world, VSwitchEntry vSwitch, CreateNetworkInterfaceRequest request)
    {
        CheckShape(request);
        CheckNamed(vSwitch, request);
        var picked = request.SecondaryIpAddressCount + (request.PrimaryIpAddress is null ? 1 : 0);
        var named = request.SecondaryIpAddresses.Count + (request.PrimaryIpAddress is null ? 0 : 1);
        var inPrefixes = world.Options.AllowUnreservedPrefixes ? 16 * (request.Ipv4PrefixCount + request.Ipv4Prefixes.Count) : 0;
        if (!vSwitch.Ipv4.CanTake(picked + named + inPrefixes))
            throw Refusal.VSwitchFull(vSwitch.Id);
        if ((request.Ipv6AddressCount > 0 || !request.Ipv6Addresses.IsEmpty) && vSwitch.Ipv6 is null)
            throw new Refusal(403, "InvalidVSwitch.Ipv6NotTurnOn", $"IPv6 is not turned on for the vSwitch {vSwitch.Id}.");
        var pick = new AddressPick(world, vSwitch, request);
        if (pick._primary is { } primary && pick._prefixes.Exists(p => p.Contains(primary)))
            throw new Refusal(403, "InvalidVSwitchId.IpInvalid", $"The address {primary} lies in a block that the prefixes need.");
        if (vSwitch.Ipv6 is { } ipv6)
            Ipv6Operations.CheckNamed(ipv6, request.Ipv6Addresses);
        return pick;
    }

    internal IPAddress TakePrimary(EniId id)
    {
        // Wanted addresses go first, so that a picked one cannot be one of them.
        foreach (var address in _secondaryNamed)
            _vSwitch.Ipv4.Take(address, id);
        foreach (var prefix in _prefixes)
            _vSwitch.Ipv4.TakePrefix(prefix, id);
        if (_primary is null)
            return _vSwitch.Ipv4.Take(id, _world.Random);
        _vSwitch.Ipv4.Take(_primary, id);
        return _primary;
    }

    internal EquatableArray<IPAddress> TakeSecondary(EniId id)
    {
        var taken = ImmutableArray.CreateBuilder<IPAddress>();
        taken.AddRange(_secondaryNamed.AsSpan());
        for (var i = 0; i < _secondaryCount; i++)
            taken.Add(_vSwitch.Ipv4.Take(id, _world.Random));
        return taken.DrainToImmutable();
    }

    internal EquatableArray<IPAddress> TakeIpv6(EniId id)
    {
        var taken = ImmutableArray.CreateBuilder<IPAddress>();
        foreach (var address in _ipv6Named)
            _vSwitch.Ipv6!.Take(address, id);
        taken.AddRange(_ipv6Named.AsSpan());
        for (var i = 0; i < _ipv6Count; i++)
            taken.Add(_vSwitch.Ipv6!.Take(id, _world.Random));
        return taken.DrainToImmutable();
    }

    internal EquatableArray<IPNetwork> TakeIpv6Prefixes(EniId id)
    {
        foreach (var prefix in _ipv6Prefixes)
            _vSwitch.Ipv6!.TakePrefix(prefix, id);
        return _ipv6Prefixes.ToEquatableArray();
    }

    private static void CheckShape(CreateNetworkInterfaceRequest request)
    {
        if (request.SecondaryIpAddressCount is < 0 or > MaxSecondary)
            throw Refusal.Invalid("SecondaryPrivateIpAddressCount", $"1 to {MaxSecondary}");
        if (request.SecondaryIpAddresses.Count > MaxNamed)
            throw Refusal.Invalid("PrivateIpAddress", $"at most {MaxNamed}");
        if (request.SecondaryIpAddressCount > 0 && !request.SecondaryIpAddresses.IsEmpty)
            throw Refusal.Exclusive("PrivateIpAddress", "SecondaryPrivateIpAddressCount");
        if (request.Ipv6AddressCount is < 0 or > MaxNamed)
            throw Refusal.Invalid("Ipv6AddressCount", $"1 to {MaxNamed}");
        if (request.Ipv6Addresses.Count > MaxNamed)
            throw Refusal.Invalid("Ipv6Address", $"at most {MaxNamed}");
        if (request.Ipv6AddressCount > 0 && !request.Ipv6Addresses.IsEmpty)
            throw Refusal.Exclusive("Ipv6Address", "Ipv6AddressCount");
        Ipv4Operations.CheckRepeated(request.Ipv6Addresses);
        CheckPrefixShape(request);
    }

    private static void CheckPrefixShape(CreateNetworkInterfaceRequest request)
    {
        if (request.Ipv4PrefixCount > 0 && !request.Ipv4Prefixes.IsEmpty)
            throw Refusal.Exclusive("Ipv4Prefix", "Ipv4PrefixCount");
        if (request.Ipv6PrefixCount > 0 && !request.Ipv6Prefixes.IsEmpty)
            throw Refusal.Exclusive("Ipv6Prefix", "Ipv6PrefixCount");
        if (request.Ipv4PrefixCount + request.Ipv4Prefixes.Count > 0 && (request.SecondaryIpAddressCount > 0 || !request.SecondaryIpAddresses.IsEmpty))
            throw Refusal.Exclusive("Ipv4PrefixCount", "SecondaryPrivateIpAddressCount");
        if (request.Ipv6PrefixCount + request.Ipv6Prefixes.Count > 0 && request.Ipv6AddressCount + request.Ipv6Addresses.Count > 0)
            throw Refusal.Exclusive("Ipv6PrefixCount", "Ipv6AddressCount");
    }

    private static void CheckNamed(VSwitchEntry vSwitch, CreateNetworkInterfaceRequest request)
    {
        var named = request.SecondaryIpAddresses.Append(request.PrimaryIpAddress).OfType<IPAddress>().ToList();
        if (named.Distinct().Count() != named.Count)
            throw new Refusal(403, "InvalidIp.IpRepeated", "An address is named twice.");
        foreach (var address in named)
        {
            if (!vSwitch.Ipv4.IsAssignable(address))
                throw new Refusal(403, "InvalidVSwitchId.IpInvalid", $"The address {address} cannot be taken from {vSwitch.Ipv4.Cidr}.");
            if (vSwitch.Ipv4.OwnerOf(address) is not null)
                throw new Refusal(400, "InvalidPrivateIpAddress.Duplicated", $"The address {address} is in use.");
        }
    }
}
