using System.Collections.Immutable;

namespace Terway.Cloud.Testing.Internal;

/// <summary>The reads: whole snapshots in the order of creation.</summary>
internal static class DescribeOperations
{
    internal static ImmutableArray<NetworkInterface> Enis(World world, NetworkInterfaceQuery query) =>
        [.. world.ShownEnis().Where(e => Matches(e.Eni, query)).Select(e => WithMembers(world, e.Eni))];

    /// <summary>The same with what only the wire shows.</summary>
    internal static ImmutableArray<EniRow> EniRows(World world, NetworkInterfaceQuery query) =>
    [
        .. world.ShownEnis().Where(e => Matches(e.Eni, query)).Select(e => new EniRow(e.Sequence, e.Eni, MembersOf(world, e.Eni))),
    ];

    /// <summary>One ENI with what the attribute shows.</summary>
    internal static EniRow Attribute(World world, EniId id, EniAttribute attribute)
    {
        var (sequence, eni) = world.ShownEnis().FirstOrDefault(e => e.Eni.Id == id);
        if (eni is null)
            throw Refusal.EniNotFound(id);
        if (attribute == EniAttribute.Basic)
            return new EniRow(sequence, eni, []);
        if (attribute == EniAttribute.ConnectionTracking)
            return new EniRow(sequence, eni with { ConnectionTracking = world.Enis.GetValueOrDefault(id)?.Tracking ?? TrackingRules.Default }, []);
        if (attribute != EniAttribute.Attachment)
            throw Refusal.Invalid("Attribute", "it is basic, attachment or connectionTrackingConfiguration");
        var shown = WithMembers(world, eni);
        return new EniRow(sequence, shown, [.. shown.MemberEniIds]);
    }

    internal static ImmutableArray<VSwitch> VSwitches(World world, VSwitchQuery query) =>
    [
        .. world.VSwitches.Values
            .Where(v => (query.Id is null || query.Id == v.Id) && (query.VpcId is null || query.VpcId == v.VpcId)
                && (query.ZoneId is null || query.ZoneId == v.ZoneId) && HasTags(v.Tags, query.Tags))
            .Select(v => new VSwitch
            {
                Id = v.Id,
                VpcId = v.VpcId,
                ZoneId = v.ZoneId,
                Cidr = v.Ipv4.Cidr,
                Ipv6Cidr = v.Ipv6?.Cidr,
                AvailableIpAddressCount = v.Ipv4.Available,
                Name = v.Name,
                Tags = v.Tags,
            }),
    ];

    internal static ImmutableArray<InstanceTypeLimits> Types(World world, EquatableArray<InstanceTypeId> types) =>
        [.. types.Distinct().Where(world.Types.ContainsKey).Select(t => world.Types[t])];

    internal static ImmutableArray<SecurityGroup> Groups(World world, SecurityGroupQuery query) =>
    [
        .. world.Groups.Values.Select(g => g.Value)
            .Where(g => (query.Ids.IsEmpty || query.Ids.Contains(g.Id)) && (query.VpcId is null || query.VpcId == g.VpcId)
                && HasTags(g.Tags, query.Tags)),
    ];

    internal static ImmutableArray<Instance> Instances(World world, InstanceQuery query) =>
    [
        .. world.Instances.Values
            .Select(i => Show(world, i))
            .Where(i => (query.Ids.IsEmpty || query.Ids.Contains(i.Id)) && (query.VpcId is null || query.VpcId == i.VpcId)
                && (query.ZoneId is null || query.ZoneId == i.ZoneId) && HasTags(i.Tags, query.Tags)),
    ];

    /// <summary>The same with what only the wire shows.</summary>
    internal static ImmutableArray<InstanceRow> InstanceRows(World world, InstanceQuery query) =>
        [.. Instances(world, query).Select((instance, i) => new InstanceRow(i, instance, [.. world.EnisOf(instance.Id).Select(e => e.Value)]))];

    private static NetworkInterface WithMembers(World world, NetworkInterface eni) =>
        eni.Type == EniType.Trunk ? eni with { MemberEniIds = [.. MembersOf(world, eni)] } : eni;

    private static ImmutableArray<EniId> MembersOf(World world, NetworkInterface eni) =>
        eni.Type != EniType.Trunk
            ? []
            : [.. world.ShownEnis().Where(e => e.Eni.Attachment?.TrunkEniId == eni.Id).Select(e => e.Eni.Id)];

    private static bool Matches(NetworkInterface eni, NetworkInterfaceQuery query) =>
        (query.Ids.IsEmpty || query.Ids.Contains(eni.Id))
        && (query.InstanceId is null || query.InstanceId == eni.Attachment?.InstanceId)
        && (query.VpcId is null || query.VpcId == eni.VpcId)
        && (query.VSwitchId is null || query.VSwitchId == eni.VSwitchId)
        && (query.SecurityGroupId is not { } group || (eni.Type != EniType.Primary && eni.SecurityGroupIds.Contains(group)))
        && (query.Type is null || query.Type == eni.Type)
        && (query.Status is null || query.Status == eni.Status)
        && (query.PrivateIpAddresses.IsEmpty
            || query.PrivateIpAddresses.Any(a => eni.PrimaryIpAddress.Equals(a) || eni.SecondaryIpAddresses.Contains(a)))
        && (query.Ipv6Addresses.IsEmpty || query.Ipv6Addresses.Any(eni.Ipv6Addresses.Contains))
        && (query.PrimaryIpAddress is null || query.PrimaryIpAddress.Equals(eni.PrimaryIpAddress))
        && (query.Name is null || query.Name == eni.Name)
        && (query.ResourceGroupId is null || query.ResourceGroupId == eni.ResourceGroupId)
        && (query.ServiceManaged is null || query.ServiceManaged == eni.ServiceManaged)
        && HasTags(eni.Tags, query.Tags);

    private static bool HasTags(EquatableArray<ResourceTag> tags, EquatableArray<ResourceTag> wanted) =>
        wanted.All(w => tags.Contains(w));

    private static Instance Show(World world, InstanceEntry entry)
    {
        var primary = world.Eni(entry.PrimaryEni).Value;
        return new Instance
        {
            Id = entry.Id,
            InstanceType = entry.Limits.InstanceType,
            Status = entry.Status,
            RegionId = world.Options.RegionId,
            ZoneId = primary.ZoneId,
            VpcId = primary.VpcId,
            VSwitchId = primary.VSwitchId,
            Name = entry.Spec.Name,
            PrivateIpAddresses = [primary.PrimaryIpAddress],
            SecurityGroupIds = primary.SecurityGroupIds,
            NetworkInterfaceIds = [.. world.EnisOf(entry.Id).Select(e => e.Value.Id)],
            Tags = entry.Tags,
        };
    }
}

/// <summary>An ENI with its place in the listing and, for a trunk, its members.</summary>
internal sealed record EniRow(long Sequence, NetworkInterface Eni, ImmutableArray<EniId> Members);

/// <summary>An instance with its place in the listing and its ENIs.</summary>
internal sealed record InstanceRow(long Sequence, Instance Instance, ImmutableArray<NetworkInterface> Enis);
