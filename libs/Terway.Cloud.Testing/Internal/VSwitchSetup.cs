using System.Net;

namespace Terway.Cloud.Testing.Internal;

/// <summary>What a vSwitch must be to be made.</summary>
internal static class VSwitchSetup
{
    internal static void Check(World world, VSwitchSpec spec)
    {
        if (!world.Vpcs.TryGetValue(spec.VpcId, out var vpc))
            throw new ArgumentException($"There is no VPC {spec.VpcId}.", nameof(spec));
        if (spec.Cidr.PrefixLength is < 16 or > 29 || !Holds(vpc.Cidr, spec.Cidr))
            throw new ArgumentException($"{spec.Cidr} is not a /16 to /29 of {vpc.Cidr}.", nameof(spec));
        if (spec.Ipv6Cidr is { PrefixLength: not 64 })
            throw new ArgumentException($"{spec.Ipv6Cidr} is not a /64.", nameof(spec));
        if (spec.PrefixReservation is { } v4 && (!Holds(spec.Cidr, v4) || v4.PrefixLength > 28 || TouchesEnds(spec.Cidr, v4)))
            throw new ArgumentException($"The reservation {v4} does not fit {spec.Cidr}.", nameof(spec));
        if (spec.Ipv6PrefixReservation is { } v6 && (spec.Ipv6Cidr is not { } own || !Holds(own, v6) || v6.PrefixLength is 64 or > 80))
            throw new ArgumentException($"The reservation {v6} does not fit {spec.Ipv6Cidr}.", nameof(spec));
        foreach (var other in world.VSwitches.Values.Where(v => v.VpcId == spec.VpcId))
        {
            if (Holds(other.Ipv4.Cidr, spec.Cidr) || Holds(spec.Cidr, other.Ipv4.Cidr))
                throw new ArgumentException($"{spec.Cidr} overlaps {other.Ipv4.Cidr} of {other.Id}.", nameof(spec));
        }
    }

    private static bool Holds(IPNetwork outer, IPNetwork inner) =>
        outer.PrefixLength <= inner.PrefixLength && outer.Contains(inner.BaseAddress);

    /// <summary>The first and the last addresses of a vSwitch are the cloud's own and cannot be reserved.</summary>
    private static bool TouchesEnds(IPNetwork cidr, IPNetwork reservation) =>
        reservation.Contains(cidr.BaseAddress) || reservation.Contains(new Ipv4Space(cidr, null).Gateway);
}
