using System.Net;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Assign and unassign private IPv4 addresses and prefixes.</summary>
internal static class Ipv4Operations
{
    private const int MaxNamed = 32;
    private const int MaxPrefixes = 10;
    private const int MaxSecondaryWhileAvailable = 49;

    internal static AssignedAddresses Assign(World world, AssignPrivateIpAddressesRequest request)
    {
        CheckShape(request);
        var entry = world.Eni(request.EniId);
        CheckState(entry.Value);
        var wanted = request.Count + request.Addresses.Count + request.PrefixCount + request.Prefixes.Count;
        CheckLimit(world, entry, wanted);
        var space = world.VSwitch(entry.Value.VSwitchId);
        return request.PrefixCount > 0 || !request.Prefixes.IsEmpty
            ? AssignPrefixes(world, entry, space, request)
            : AssignSingles(world, entry, space, request);
    }

    internal static void Unassign(World world, UnassignPrivateIpAddressesRequest request)
    {
        if (request.Addresses.IsEmpty && request.Prefixes.IsEmpty)
            throw new Refusal(403, "MissingParameter", "The parameter PrivateIpAddress or Ipv4Prefix is missing.");
        if (!request.Addresses.IsEmpty && !request.Prefixes.IsEmpty)
            throw Refusal.Exclusive("PrivateIpAddress", "Ipv4Prefix");
        if (request.Addresses.Count > MaxNamed || request.Prefixes.Count > MaxPrefixes)
            throw Refusal.Invalid("PrivateIpAddress", $"at most {MaxNamed} addresses or {MaxPrefixes} prefixes");
        var entry = world.Eni(request.EniId);
        var eni = entry.Value;
        CheckState(eni);
        CheckRepeated(request.Addresses);
        foreach (var address in request.Addresses.Where(a => !eni.SecondaryIpAddresses.Contains(a)))
            throw new Refusal(403, "InvalidIp.IpUnassigned", $"The address {address} is not a secondary address of {eni.Id}.");
        foreach (var prefix in request.Prefixes.Where(p => !eni.Ipv4Prefixes.Contains(p)))
            throw new Refusal(403, "InvalidIp.IpUnassigned", $"The prefix {prefix} does not belong to {eni.Id}.");

        var space = world.VSwitch(eni.VSwitchId).Ipv4;
        foreach (var address in request.Addresses)
            space.Release(address);
        foreach (var prefix in request.Prefixes.Distinct())
            space.ReleasePrefix(prefix);
        world.Replace(entry, eni with
        {
            SecondaryIpAddresses = [.. eni.SecondaryIpAddresses.Except(request.Addresses)],
            Ipv4Prefixes = [.. eni.Ipv4Prefixes.Except(request.Prefixes)],
        });
        world.Touch(entry.Value);
    }

    internal static void CheckState(NetworkInterface eni)
    {
        if (eni.Status != EniStatus.Available && eni.Status != EniStatus.InUse)
            throw Refusal.EniState(eni, "Available or InUse");
    }

    internal static void CheckRepeated(EquatableArray<IPAddress> addresses)
    {
        if (addresses.Distinct().Count() != addresses.Count)
            throw new Refusal(403, "InvalidIp.IpRepeated", "An address is named twice.");
    }

    private static void CheckShape(AssignPrivateIpAddressesRequest request)
    {
        int[] kinds = [request.Count, request.Addresses.Count, request.PrefixCount, request.Prefixes.Count];
        if (Array.TrueForAll(kinds, k => k == 0))
            throw Refusal.Missing("SecondaryPrivateIpAddressCount");
        if (kinds.Count(k => k != 0) > 1)
            throw new Refusal(400, "InvalidParameter.Conflict", "Counts, addresses and prefixes cannot be used together.");
        if (request.Count < 0 || request.Addresses.Count > MaxNamed)
            throw Refusal.Invalid("PrivateIpAddress", $"1 to {MaxNamed}");
        if (request.PrefixCount is < 0 or > MaxPrefixes || request.Prefixes.Count > MaxPrefixes)
            throw Refusal.Invalid("Ipv4Prefix", $"1 to {MaxPrefixes}");
        CheckRepeated(request.Addresses);
    }

    private static void CheckLimit(World world, EniEntry entry, int wanted)
    {
        var eni = entry.Value;
        if (eni.Attachment is not { } attachment)
        {
            if (wanted > MaxSecondaryWhileAvailable - (entry.Ipv4Count - 1))
                throw new Refusal(403, "MaxEniPrivateIpsCountExceeded", $"An Available network interface takes {MaxSecondaryWhileAvailable} secondary addresses.");
            return;
        }
        var limits = world.Instance(attachment.InstanceId).Limits;
        if (wanted > limits.Ipv4PerEni - entry.Ipv4Count)
            throw new Refusal(403, "InvalidOperation.Ipv4CountExceeded", $"{limits.InstanceType} takes {limits.Ipv4PerEni} IPv4 addresses an ENI; {eni.Id} has {entry.Ipv4Count} and shall get {wanted}.");
    }

    private static AssignedAddresses AssignSingles(World world, EniEntry entry, VSwitchEntry vSwitch, AssignPrivateIpAddressesRequest request)
    {
        var eni = entry.Value;
        var space = vSwitch.Ipv4;
        foreach (var address in request.Addresses)
        {
            if (!space.IsAssignable(address))
                throw new Refusal(403, "InvalidVSwitchId.IpInvalid", $"The address {address} cannot be taken from {space.Cidr}.");
            if (space.OwnerOf(address) is not null)
                throw new Refusal(403, "InvalidIp.IpAssigned", $"The address {address} is in use.");
        }
        var count = request.Count + request.Addresses.Count;
        if (!space.CanTake(count))
            throw Refusal.VSwitchFull(vSwitch.Id);
        EniOperations.GroupRoom(world, eni.SecurityGroupIds, count);

        var taken = request.Addresses.ToList();
        taken.ForEach(address => space.Take(address, eni.Id));
        for (var i = 0; i < request.Count; i++)
            taken.Add(space.Take(eni.Id, world.Random));
        world.Replace(entry, eni with { SecondaryIpAddresses = [.. eni.SecondaryIpAddresses, .. taken] });
        world.Touch(entry.Value);
        return new AssignedAddresses(eni.Id, taken.ToEquatableArray(), []);
    }

    private static AssignedAddresses AssignPrefixes(World world, EniEntry entry, VSwitchEntry vSwitch, AssignPrivateIpAddressesRequest request)
    {
        var eni = entry.Value;
        var taken = request.PrefixCount > 0 ? PrefixPick.Ipv4(world, vSwitch, request.PrefixCount) : PrefixPick.Ipv4(world, vSwitch, request.Prefixes);
        taken.ForEach(prefix => vSwitch.Ipv4.TakePrefix(prefix, eni.Id));
        world.Replace(entry, eni with { Ipv4Prefixes = [.. eni.Ipv4Prefixes, .. taken] });
        world.Touch(entry.Value);
        return new AssignedAddresses(eni.Id, [], taken.ToEquatableArray());
    }
}
