using System.Net;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Finds free prefixes of a vSwitch or refuses.</summary>
internal static class PrefixPick
{
    private const int MaxPerCall = 10;

    internal static List<IPNetwork> Ipv4(World world, VSwitchEntry vSwitch, int count)
    {
        CheckCount("Ipv4PrefixCount", count);
        var found = vSwitch.Ipv4.FindPrefixes(count, world.Options.AllowUnreservedPrefixes);
        return found.Count == count ? found : throw Refusal.VSwitchFull(vSwitch.Id);
    }

    internal static List<IPNetwork> Ipv6(World world, VSwitchEntry vSwitch, int count)
    {
        CheckCount("Ipv6PrefixCount", count);
        if (count == 0)
            return [];
        var found = Space(vSwitch).FindPrefixes(count, world.Options.AllowUnreservedPrefixes);
        return found.Count == count ? found : throw Refusal.VSwitchFull(vSwitch.Id);
    }

    /// <summary>Named prefixes, refused unless every one can be had.</summary>
    internal static List<IPNetwork> Ipv4(World world, VSwitchEntry vSwitch, EquatableArray<IPNetwork> named)
    {
        CheckNamed("Ipv4Prefix", named);
        foreach (var prefix in named)
        {
            if (prefix.PrefixLength != 28)
                throw new Refusal(403, "InvalidIp.IpPrefixMaskInvalid", $"The prefix {prefix} is not a /28.");
            if (!vSwitch.Ipv4.IsFreePrefix(prefix, world.Options.AllowUnreservedPrefixes))
                throw new Refusal(403, "InvalidIp.IpAssigned", $"The prefix {prefix} is in use or not reserved.");
        }
        return [.. named];
    }

    /// <summary>Named prefixes, refused unless every one can be had.</summary>
    internal static List<IPNetwork> Ipv6(World world, VSwitchEntry vSwitch, EquatableArray<IPNetwork> named)
    {
        CheckNamed("Ipv6Prefix", named);
        if (named.IsEmpty)
            return [];
        var ipv6 = Space(vSwitch);
        foreach (var prefix in named)
        {
            if (prefix.PrefixLength != 80)
                throw new Refusal(403, "InvalidIp.IpPrefixMaskInvalid", $"The prefix {prefix} is not a /80.");
            if (!ipv6.IsFreePrefix(prefix, world.Options.AllowUnreservedPrefixes))
                throw new Refusal(403, "InvalidIp.IpAssigned", $"The prefix {prefix} is in use or not reserved.");
        }
        return [.. named];
    }

    private static Ipv6Space Space(VSwitchEntry vSwitch) =>
        vSwitch.Ipv6 ?? throw new Refusal(403, "InvalidVSwitch.Ipv6NotTurnOn", $"IPv6 is not turned on for the vSwitch {vSwitch.Id}.");

    private static void CheckNamed(string parameter, EquatableArray<IPNetwork> named)
    {
        if (named.Count > MaxPerCall)
            throw Refusal.Invalid(parameter, $"at most {MaxPerCall}");
        if (named.Distinct().Count() != named.Count)
            throw new Refusal(403, "InvalidIp.IpRepeated", "A prefix is named twice.");
    }

    private static void CheckCount(string parameter, int count)
    {
        if (count is < 0 or > MaxPerCall)
            throw Refusal.Invalid(parameter, $"1 to {MaxPerCall}");
    }
}
