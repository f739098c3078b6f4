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
        var ipv6 = vSwitch.Ipv6 ?? throw new Refusal(403, "InvalidVSwitch.Ipv6NotTurnOn", $"IPv6 is not turned on for the vSwitch {vSwitch.Id}.");
        var found = ipv6.FindPrefixes(count, world.Options.AllowUnreservedPrefixes);
        return found.Count == count ? found : throw Refusal.VSwitchFull(vSwitch.Id);
    }

    private static void CheckCount(string parameter, int count)
    {
        if (count is < 0 or > MaxPerCall)
            throw Refusal.Invalid(parameter, $"1 to {MaxPerCall}");
    }
}
