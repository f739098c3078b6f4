namespace Terway.Cloud.Testing.Internal;

/// <summary>Attach and detach, and how they and a delete complete.</summary>
internal static class AttachmentOperations
{
    private const int MaxVlan = 4094;

    internal static void Attach(World world, AttachNetworkInterfaceRequest request)
    {
        var entry = world.Eni(request.EniId);
        var eni = entry.Value;
        var instance = world.Instance(request.InstanceId);
        if (eni.Type == EniType.Primary)
            throw new Refusal(403, "InvalidOperation.InvalidEniType", $"The network interface {eni.Id} is Primary; the operation needs Secondary.");
        if (eni.Status != EniStatus.Available)
            throw Refusal.EniState(eni, "Available");
        if (instance.Status != InstanceStatus.Running && instance.Status != InstanceStatus.Stopped)
            throw new Refusal(400, "InvalidOperation.InvalidEcsState", $"The instance {instance.Id} is {instance.Status}; the operation needs Running or Stopped.");
        CheckPlace(world, eni, instance);
        CheckAddressCounts(entry, instance);
        CheckTrafficMode(world, eni, instance);
        var attachment = request.TrunkEniId is { } trunk
            ? MemberSeat(world, instance, trunk, eni)
            : Seat(world, instance, eni, request.NetworkCardIndex ?? 0);
        world.Replace(entry, eni with
        {
            Status = EniStatus.Attaching,
            Attachment = attachment,
            Type = request.TrunkEniId is null ? eni.Type : EniType.Member,
        });
        world.BeginTransition(entry);
    }

    internal static void Detach(World world, DetachNetworkInterfaceRequest request)
    {
        var entry = world.Eni(request.EniId);
        var eni = entry.Value;
        var instance = world.Instance(request.InstanceId);
        if (eni.Type == EniType.Primary)
            throw new Refusal(400, "InvalidOperation.DetachPrimaryEniNotAllowed", $"The primary network interface {eni.Id} cannot be detached.");
        if (eni.Status != EniStatus.InUse && eni.Status != EniStatus.Detaching)
            throw Refusal.EniState(eni, "InUse");
        if (eni.Attachment is not { } attachment || attachment.InstanceId != instance.Id)
            throw new Refusal(400, "InvalidParameter.EniNotBelongEcs", $"The network interface {eni.Id} is not attached to {instance.Id}.");
        if (request.TrunkEniId is { } trunk && attachment.TrunkEniId != trunk)
            throw new Refusal(403, "InvalidParameter.EniNotBelongTrunk", $"The network interface {eni.Id} is not a member of {trunk}.");
        if (eni.Type == EniType.Trunk && Members(world, eni.Id).Any())
            throw new Refusal(403, "InvalidOperation.HasMemberEniAttached", $"The trunk {eni.Id} has members.");
        if (eni.TrafficMode == EniTrafficMode.HighPerformance && instance.Status != InstanceStatus.Stopped)
            throw new Refusal(400, "InvalidOperation.EniHotPlugNotSupported", $"The high-performance network interface {eni.Id} can be detached only while {instance.Id} is Stopped.");
        world.Replace(entry, eni with { Status = EniStatus.Detaching });
        world.BeginTransition(entry);
    }

    /// <summary>The ENI once its attach is through.</summary>
    internal static NetworkInterface Attached(NetworkInterface eni) => eni with { Status = EniStatus.InUse };

    /// <summary>The ENI once it is free: after a detach or a failed attach.</summary>
    internal static NetworkInterface Freed(NetworkInterface eni) => eni with
    {
        Status = EniStatus.Available,
        Attachment = null,
        Type = eni.Type == EniType.Member ? EniType.Secondary : eni.Type,
    };

    private static void CheckPlace(World world, NetworkInterface eni, InstanceEntry instance)
    {
        var home = world.VSwitch(instance.Spec.VSwitchId);
        if (home.VpcId != eni.VpcId)
            throw new Refusal(403, "InvalidOperation.VpcMismatch", $"{eni.Id} is in {eni.VpcId}, {instance.Id} in {home.VpcId}.");
        if (home.ZoneId != eni.ZoneId)
            throw new Refusal(403, "InvalidOperation.AvailabilityZoneMismatch", $"{eni.Id} is in {eni.ZoneId}, {instance.Id} in {home.ZoneId}.");
    }

    private static void CheckAddressCounts(EniEntry entry, InstanceEntry instance)
    {
        var limits = instance.Limits;
        if (entry.Ipv4Count > limits.Ipv4PerEni)
            throw new Refusal(403, "InvalidOperation.Ipv4CountExceeded", $"{limits.InstanceType} takes {limits.Ipv4PerEni} IPv4 addresses an ENI, {entry.Value.Id} has {entry.Ipv4Count}.");
        if (entry.Ipv6Count > 0 && limits.Ipv6PerEni == 0)
            throw new Refusal(403, "InvalidOperation.Ipv6NotSupport", $"{limits.InstanceType} does not support IPv6.");
        if (entry.Ipv6Count > limits.Ipv6PerEni)
            throw new Refusal(403, "InvalidOperation.Ipv6CountExceeded", $"{limits.InstanceType} takes {limits.Ipv6PerEni} IPv6 addresses an ENI, {entry.Value.Id} has {entry.Ipv6Count}.");
    }

    /// <summary>High-performance ENIs use up the type's ERDMA interfaces.</summary>
    private static void CheckTrafficMode(World world, NetworkInterface eni, InstanceEntry instance)
    {
        if (eni.TrafficMode != EniTrafficMode.HighPerformance)
            return;
        var limits = instance.Limits;
        if (limits.EriQuantity == 0)
            throw new Refusal(400, "InvalidOperation.InstanceTypeNotSupportHighPerformance", $"{limits.InstanceType} has no ERDMA interface.");
        if (world.EnisOf(instance.Id).Count(e => e.Value.TrafficMode == EniTrafficMode.HighPerformance) >= limits.EriQuantity)
            throw new Refusal(400, "InvalidOperation.HighPerformanceEniPerInstanceLimitExceeded", $"{instance.Id} ({limits.InstanceType}) has its {limits.EriQuantity} ERDMA interfaces.");
    }

    private static EniAttachment Seat(World world, InstanceEntry instance, NetworkInterface eni, int networkCard)
    {
        if (eni.Type == EniType.Trunk && !instance.Limits.TrunkSupported)
            throw new Refusal(403, "InvalidOperation.InstanceTypeNotSupportEniTrunking", $"{instance.Limits.InstanceType} does not support trunk network interfaces.");
        var ordinary = world.EnisOf(instance.Id).Where(e => e.Value.Type != EniType.Member).ToList();
        if (ordinary.Count >= instance.Limits.EniQuantity)
            throw EniLimit(instance, instance.Limits.EniQuantity);
        CheckTotal(world, instance);
        var taken = ordinary.Select(e => e.Value.Attachment!.DeviceIndex).ToHashSet();
        return new EniAttachment(instance.Id, SmallestFree(1, taken), networkCard);
    }

    private static EniAttachment MemberSeat(World world, InstanceEntry instance, EniId trunkId, NetworkInterface eni)
    {
        var trunk = world.Eni(trunkId).Value;
        if (trunk.Type != EniType.Trunk || eni.Type == EniType.Trunk)
            throw new Refusal(403, "InvalidOperation.EniTypeNotSupportTrunking", $"{eni.Id} ({eni.Type}) cannot be a member of {trunkId} ({trunk.Type}).");
        if (trunk.Status != EniStatus.InUse || trunk.Attachment?.InstanceId != instance.Id)
            throw new Refusal(403, "InvalidOperation.InvalidTrunkEniStatus", $"The trunk {trunkId} is not in use on {instance.Id}.");
        CheckTotal(world, instance);
        var vlan = SmallestFree(1, Members(world, trunkId).Select(m => m.Value.Attachment!.DeviceIndex).ToHashSet());
        if (vlan > MaxVlan)
            throw EniLimit(instance, MaxVlan);
        return new EniAttachment(instance.Id, vlan, trunk.Attachment.NetworkCardIndex, trunkId);
    }

    private static void CheckTotal(World world, InstanceEntry instance)
    {
        if (world.EnisOf(instance.Id).Count() >= instance.Limits.EniTotalQuantity)
            throw EniLimit(instance, instance.Limits.EniTotalQuantity);
    }

    private static Refusal EniLimit(InstanceEntry instance, int limit) =>
        new(403, "EniPerInstanceLimitExceeded", $"The instance {instance.Id} ({instance.Limits.InstanceType}) has its {limit} network interfaces.");

    private static IEnumerable<EniEntry> Members(World world, EniId trunk) =>
        world.Enis.Values.Where(e => e.Value.Attachment?.TrunkEniId == trunk);

    private static int SmallestFree(int first, HashSet<int> taken)
    {
        while (taken.Contains(first))
            first++;
        return first;
    }
}
