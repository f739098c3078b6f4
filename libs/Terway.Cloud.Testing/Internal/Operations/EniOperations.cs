namespace Terway.Cloud.Testing.Internal;

/// <summary>Create, delete, modify and tag.</summary>
internal static class EniOperations
{
    private const int MaxTags = 20;

    internal static NetworkInterface Create(World world, CreateNetworkInterfaceRequest request)
    {
        var vSwitch = world.VSwitch(request.VSwitchId);
        if (request.Type != EniType.Secondary && request.Type != EniType.Trunk)
            throw Refusal.Invalid("InstanceType", "it is Secondary or Trunk");
        CheckGroups(world, request.SecurityGroupIds, vSwitch.VpcId, "SecurityGroupIds");
        CheckTags(request.Tags);
        var tracking = TrackingRules.Changed(TrackingRules.Default, request.ConnectionTracking);
        if (world.Enis.Count >= world.Knobs.MaxEniCount)
            throw new Refusal(403, "MaxEniCountExceeded", $"The account has its {world.Knobs.MaxEniCount} network interfaces in this region.");

        var id = new EniId(world.Ids.Next("eni"));
        var addresses = AddressPick.ForNewEni(world, vSwitch, request);
        GroupRoom(world, request.SecurityGroupIds, 1 + addresses.SecondaryCount);
        var eni = new NetworkInterface
        {
            Id = id,
            Type = request.Type,
            Status = EniStatus.Available,
            MacAddress = world.Ids.NextMac(),
            VpcId = vSwitch.VpcId,
            VSwitchId = vSwitch.Id,
            ZoneId = vSwitch.ZoneId,
            PrimaryIpAddress = addresses.TakePrimary(id),
            SecondaryIpAddresses = addresses.TakeSecondary(id),
            Ipv4Prefixes = addresses.Prefixes,
            Ipv6Addresses = addresses.TakeIpv6(id),
            Ipv6Prefixes = addresses.TakeIpv6Prefixes(id),
            SecurityGroupIds = request.SecurityGroupIds,
            Tags = request.Tags,
            Name = request.Name,
            Description = request.Description,
            ResourceGroupId = request.ResourceGroupId,
            TrafficMode = request.TrafficMode,
            SourceDestCheck = request.SourceDestCheck ?? false,
            DeleteOnRelease = request.DeleteOnRelease ?? true,
            CreationTime = WholeSeconds(world.Now),
        };
        world.Add(eni).Tracking = tracking;
        return eni;
    }

    internal static void Delete(World world, EniId id)
    {
        var entry = world.Eni(id);
        var eni = entry.Value;
        if (eni.Type == EniType.Primary)
            throw new Refusal(403, "InvalidOperation.InvalidEniType", $"The network interface {id} is Primary; the operation needs Secondary or Trunk.");
        if (eni.Status != EniStatus.Available && eni.Status != EniStatus.Deleting)
            throw Refusal.EniState(eni, "Available");
        world.Replace(entry, eni with { Status = EniStatus.Deleting });
        world.BeginTransition(entry);
    }

    internal static void Modify(World world, ModifyNetworkInterfaceRequest request)
    {
        var entry = world.Eni(request.EniId);
        var eni = entry.Value;
        var onlyNames = request.SecurityGroupIds.IsEmpty && request.SourceDestCheck is null && request.DeleteOnRelease is null
            && request.ConnectionTracking is null;
        if (eni.Type == EniType.Primary && !onlyNames)
            throw new Refusal(404, "InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc", $"Only name and description of the primary network interface {eni.Id} can be changed.");
        var tracking = TrackingRules.Changed(entry.Tracking, request.ConnectionTracking);
        if (!request.SecurityGroupIds.IsEmpty)
        {
            CheckGroups(world, request.SecurityGroupIds, eni.VpcId, "SecurityGroupId");
            GroupRoom(world, [.. request.SecurityGroupIds.Except(eni.SecurityGroupIds)], 1 + eni.SecondaryIpAddresses.Count);
        }
        entry.Tracking = tracking;
        world.Replace(entry, eni with
        {
            Name = request.Name ?? eni.Name,
            Description = request.Description ?? eni.Description,
            SecurityGroupIds = request.SecurityGroupIds.IsEmpty ? eni.SecurityGroupIds : request.SecurityGroupIds,
            SourceDestCheck = request.SourceDestCheck ?? eni.SourceDestCheck,
            DeleteOnRelease = request.DeleteOnRelease ?? eni.DeleteOnRelease,
        });
        world.Touch(entry.Value);
    }

    internal static void Tag(World world, TagResourcesRequest request)
    {
        if (request.ResourceIds.Count is 0 or > 50)
            throw Refusal.Invalid("ResourceId", "1 to 50 ids");
        if (request.Tags.IsEmpty)
            throw Refusal.Missing("Tag");
        // All are found before the first is changed: a call is all or nothing.
        var changes = request.ResourceIds.Select(id => TagChange(world, request, id)).ToList();
        foreach (var change in changes)
            change();
    }

    internal static void CheckGroups(World world, EquatableArray<SecurityGroupId> ids, VpcId vpc, string parameter)
    {
        if (ids.IsEmpty)
            throw Refusal.Missing(parameter);
        if (ids.Distinct().Count() != ids.Count)
            throw new Refusal(404, "InvalidParameter.SecurityGroupIdRepeated", "A security group is named twice.");
        if (ids.Count > world.Options.MaxSecurityGroupsPerEni)
            throw new Refusal(400, "JoinedGroupLimitExceed", $"A network interface takes at most {world.Options.MaxSecurityGroupsPerEni} security groups.");
        var groups = ids.Select(id => world.Group(id).Value).ToList();
        if (groups.Exists(g => g.VpcId != vpc))
            throw new Refusal(403, "InvalidOperation.VpcMismatch", $"The security groups are not all in the VPC {vpc}.");
        if (groups.DistinctBy(g => g.Type).Skip(1).Any())
            throw new Refusal(403, "InvalidOperation.MultiGroupType", "Basic and enterprise security groups cannot be mixed.");
    }

    internal static void GroupRoom(World world, EquatableArray<SecurityGroupId> ids, int more)
    {
        foreach (var group in ids.Select(world.Group))
        {
            if (group.Members + more > group.Capacity)
                throw new Refusal(403, "SecurityGroupInstanceLimitExceed", $"The security group {group.Value.Id} takes at most {group.Capacity} private addresses.");
        }
    }

    internal static void CheckTags(EquatableArray<ResourceTag> tags)
    {
        if (tags.Count > MaxTags)
            throw new Refusal(403, "QuotaExceed.Tags", $"At most {MaxTags} tags.");
        if (tags.DistinctBy(t => t.Key).Count() != tags.Count)
            throw new Refusal(400, "Duplicate.TagKey", "A tag key is named twice.");
        foreach (var (key, value) in tags)
        {
            if (key.Length is 0 or > 128 || IsReserved(key))
                throw new Refusal(400, "InvalidTagKey.Malformed", $"The tag key '{key}' is not valid.");
            if (value.Length > 128 || value.Contains("http://", StringComparison.Ordinal) || value.Contains("https://", StringComparison.Ordinal))
                throw new Refusal(400, "InvalidTagValue.Malformed", $"The tag value '{value}' is not valid.");
        }
    }

    private static bool IsReserved(string key) =>
        key.StartsWith("aliyun", StringComparison.OrdinalIgnoreCase) || key.StartsWith("acs:", StringComparison.OrdinalIgnoreCase)
        || key.Contains("http://", StringComparison.Ordinal) || key.Contains("https://", StringComparison.Ordinal);

    private static Action TagChange(World world, TagResourcesRequest request, string id)
    {
        switch (request.ResourceType)
        {
            case TagResourcesRequest.EniResourceType:
                var eni = world.Eni(new EniId(id));
                var eniTags = Merge(eni.Value.Tags, request.Tags);
                return () => world.Replace(eni, eni.Value with { Tags = eniTags });
            case "instance":
                var instance = world.Instance(new InstanceId(id));
                var instanceTags = Merge(instance.Tags, request.Tags);
                return () => instance.Tags = instanceTags;
            case "securitygroup":
                var group = world.Group(new SecurityGroupId(id));
                var groupTags = Merge(group.Value.Tags, request.Tags);
                return () => group.Value = group.Value with { Tags = groupTags };
            default:
                throw Refusal.Invalid("ResourceType", "it is eni, instance or securitygroup");
        }
    }

    private static EquatableArray<ResourceTag> Merge(EquatableArray<ResourceTag> old, EquatableArray<ResourceTag> added)
    {
        EquatableArray<ResourceTag> merged = [.. old.Where(o => !added.Any(a => a.Key == o.Key)), .. added];
        CheckTags(merged);
        return merged;
    }

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
