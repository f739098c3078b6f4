using System.Net;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Assign and unassign IPv6 addresses and prefixes.</summary>
internal static class Ipv6Operations
{
    private const int MaxPerCall = 10;
    private const int MaxWhileAvailable = 10;

    internal static AssignedAddresses Assign(World world, AssignIpv6AddressesRequest request)
    {
        CheckShape(request);
        var entry = world.Eni(request.EniId);
        var eni = entry.Value;
        Ipv4Operations.CheckState(eni);
        var vSwitch = world.VSwitch(eni.VSwitchId);
        var space = vSwitch.Ipv6 ?? throw new Refusal(403, "InvalidVSwitch.Ipv6NotTurnOn", $"IPv6 is not turned on for the vSwitch {vSwitch.Id}.");
        CheckLimit(world, entry, request.Count + request.Addresses.Count + request.PrefixCount + request.Prefixes.Count);
        CheckNamed(space, request.Addresses);

        List<IPNetwork> prefixes = [.. PrefixPick.Ipv6(world, vSwitch, request.PrefixCount), .. PrefixPick.Ipv6(world, vSwitch, request.Prefixes)];
        prefixes.ForEach(prefix => space.TakePrefix(prefix, eni.Id));
        var taken = request.Addresses.ToList();
        taken.ForEach(address => space.Take(address, eni.Id));
        for (var i = 0; i < request.Count; i++)
            taken.Add(space.Take(eni.Id, world.Random));
        world.Replace(entry, eni with
        {
            Ipv6Addresses = [.. eni.Ipv6Addresses, .. taken],
            Ipv6Prefixes = [.. eni.Ipv6Prefixes, .. prefixes],
        });
        world.Touch(entry.Value);
        return new AssignedAddresses(eni.Id, taken.ToEquatableArray(), prefixes.ToEquatableArray());
    }

    internal static void Unassign(World world, UnassignIpv6AddressesRequest request)
    {
        if (request.Addresses.IsEmpty && request.Prefixes.IsEmpty)
            throw new Refusal(403, "MissingParameter", "The parameter Ipv6Address or Ipv6Prefix is missing.");
        if (request.Addresses.Count > MaxPerCall || request.Prefixes.Count > MaxPerCall)
            throw Refusal.Invalid("Ipv6Address", $"at most {MaxPerCall}");
        var entry = world.Eni(request.EniId);
        var eni = entry.Value;
        Ipv4Operations.CheckState(eni);
        Ipv4Operations.CheckRepeated(request.Addresses);
        foreach (var address in request.Addresses.Where(a => !eni.Ipv6Addresses.Contains(a)))
            throw new Refusal(403, "InvalidIp.IpUnassigned", $"The address {address} does not belong to {eni.Id}.");
        foreach (var prefix in request.Prefixes.Where(p => !eni.Ipv6Prefixes.Contains(p)))
            throw new Refusal(403, "InvalidIp.IpUnassigned", $"The prefix {prefix} does not belong to {eni.Id}.");

        var space = world.VSwitch(eni.VSwitchId).Ipv6!;
        foreach (var address in request.Addresses)
            space.Release(address);
        foreach (var prefix in request.Prefixes.Distinct())
            space.ReleasePrefix(prefix);
        world.Replace(entry, eni with
        {
            Ipv6Addresses = [.. eni.Ipv6Addresses.Except(request.Addresses)],
            Ipv6Prefixes = [.. eni.Ipv6Prefixes.Except(request.Prefixes)],
        });
        world.Touch(entry.Value);
    }

    private static void CheckShape(AssignIpv6AddressesRequest request)
    {
        int[] kinds = [request.Count, request.Addresses.Count, request.PrefixCount, request.Prefixes.Count];
        if (Array.TrueForAll(kinds, k => k == 0))
            throw new Refusal(403, "MissingParameter", "The parameter Ipv6AddressCount is missing.");
        if (kinds.Count(k => k != 0) > 1)
            throw new Refusal(400, "InvalidParameter.Conflict", "Counts, addresses and prefixes cannot be used together.");
        if (Array.Exists(kinds, k => k is < 0 or > MaxPerCall))
            throw Refusal.Invalid("Ipv6AddressCount", $"1 to {MaxPerCall}");
        Ipv4Operations.CheckRepeated(request.Addresses);
    }

    private static void CheckLimit(World world, EniEntry entry, int wanted)
    {
        var eni = entry.Value;
        if (eni.Attachment is not { } attachment)
        {
            if (entry.Ipv6Count + wanted > MaxWhileAvailable)
                throw new Refusal(403, "MaxEniIpv6IpsCountExceeded", $"An Available network interface takes {MaxWhileAvailable} IPv6 addresses.");
            return;
        }
        var limits = world.Instance(attachment.InstanceId).Limits;
        if (limits.Ipv6PerEni == 0)
            throw new Refusal(403, "InvalidOperation.Ipv6NotSupport", $"{limits.InstanceType} does not support IPv6.");
        if (entry.Ipv6Count + wanted > limits.Ipv6PerEni)
            throw new Refusal(403, "InvalidOperation.Ipv6CountExceeded", $"{limits.InstanceType} takes {limits.Ipv6PerEni} IPv6 addresses an ENI; {eni.Id} has {entry.Ipv6Count} and shall get {wanted}.");
    }

    /// <summary>Refuses unless every named address can be had.</summary>
    internal static void CheckNamed(Ipv6Space space, EquatableArray<IPAddress> named)
    {
        foreach (var address in named)
        {
            if (!space.IsAssignable(address))
                throw new Refusal(403, "InvalidVSwitchId.IpInvalid", $"The address {address} cannot be taken from {space.Cidr}.");
            if (space.OwnerOf(address) is not null)
                throw new Refusal(403, "InvalidIp.IpAssigned", $"The address {address} is in use.");
        }
    }
}
