namespace Terway.Cloud.Alibaba;

/// <summary>Makes the seam's ENIs of the wire's.</summary>
internal static class EniConversion
{
    internal static NetworkInterface Eni(WireEni wire)
    {
        var primary = WireText.Address(PrimaryOf(wire), "PrivateIpAddress");
        var addresses = WireText.Items(wire.PrivateIpSets?.PrivateIpSet, "PrivateIpSets", ip => WireText.Address(ip.PrivateIpAddress, "PrivateIpAddress"));
        return new NetworkInterface
        {
            Id = new EniId(WireText.Required(wire.NetworkInterfaceId, "NetworkInterfaceId")),
            // Old answers leave the type out for ordinary ENIs.
            Type = string.IsNullOrEmpty(wire.Type) ? EniType.Secondary : new EniType(wire.Type),
            Status = new EniStatus(WireText.Required(wire.Status, "Status")),
            MacAddress = WireText.Mac(wire.MacAddress, "MacAddress"),
            VpcId = new VpcId(WireText.Required(wire.VpcId, "VpcId")),
            VSwitchId = new VSwitchId(WireText.Required(wire.VSwitchId, "VSwitchId")),
            ZoneId = new ZoneId(WireText.Required(wire.ZoneId, "ZoneId")),
            PrimaryIpAddress = primary,
            SecondaryIpAddresses = [.. addresses.Where(a => !a.Equals(primary))],
            Ipv6Addresses = WireText.Items(wire.Ipv6Sets?.Ipv6Set, "Ipv6Sets", ip => WireText.Address(ip.Ipv6Address, "Ipv6Address")),
            Ipv4Prefixes = WireText.Items(wire.Ipv4PrefixSets?.Ipv4PrefixSet, "Ipv4PrefixSets", p => WireText.Network(p.Ipv4Prefix, "Ipv4Prefix")),
            Ipv6Prefixes = WireText.Items(wire.Ipv6PrefixSets?.Ipv6PrefixSet, "Ipv6PrefixSets", p => WireText.Network(p.Ipv6Prefix, "Ipv6Prefix")),
            SecurityGroupIds = WireText.Items(wire.SecurityGroupIds?.SecurityGroupId, "SecurityGroupIds", id => new SecurityGroupId(id)),
            Tags = WireText.Tags(wire.Tags),
            Attachment = AttachmentOf(wire),
            MemberEniIds = WireText.Items(
                wire.Attachment?.MemberNetworkInterfaceIds?.MemberNetworkInterfaceId, "MemberNetworkInterfaceIds", id => new EniId(id)),
            ConnectionTracking = TrackingOf(wire.ConnectionTrackingConfiguration),
            Name = wire.NetworkInterfaceName ?? "",
            Description = wire.Description ?? "",
            ResourceGroupId = string.IsNullOrEmpty(wire.ResourceGroupId) ? null : new ResourceGroupId(wire.ResourceGroupId),
            TrafficMode = string.IsNullOrEmpty(wire.NetworkInterfaceTrafficMode) ? EniTrafficMode.Standard : new EniTrafficMode(wire.NetworkInterfaceTrafficMode),
            SourceDestCheck = wire.SourceDestCheck,
            DeleteOnRelease = wire.DeleteOnRelease,
            ServiceManaged = wire.ServiceManaged ?? false,
            CreationTime = WireText.OptionalTime(wire.CreationTime, "CreationTime"),
        };
    }

    internal static AssignedAddresses AssignedIpv4(WireAssignedIpv4 wire)
    {
        var set = wire.AssignedPrivateIpAddressesSet ?? throw new FormatException("AssignedPrivateIpAddressesSet is missing.");
        return new AssignedAddresses(
            new EniId(WireText.Required(set.NetworkInterfaceId, "NetworkInterfaceId")),
            WireText.Items(set.PrivateIpSet?.PrivateIpAddress, "PrivateIpSet", ip => WireText.Address(ip, "PrivateIpAddress")),
            WireText.Items(set.Ipv4PrefixSet?.Ipv4Prefixes, "Ipv4PrefixSet", p => WireText.Network(p, "Ipv4Prefixes")));
    }

    internal static AssignedAddresses AssignedIpv6(WireAssignedIpv6 wire) => new(
        new EniId(WireText.Required(wire.NetworkInterfaceId, "NetworkInterfaceId")),
        WireText.Items(wire.Ipv6Sets?.Ipv6Address, "Ipv6Sets", ip => WireText.Address(ip, "Ipv6Address")),
        WireText.Items(wire.Ipv6PrefixSets?.Ipv6Prefix, "Ipv6PrefixSets", p => WireText.Network(p, "Ipv6Prefix")));

    private static string? PrimaryOf(WireEni wire) =>
        string.IsNullOrEmpty(wire.PrivateIpAddress)
            ? wire.PrivateIpSets?.PrivateIpSet?.FirstOrDefault(ip => ip?.Primary == true)?.PrivateIpAddress
            : wire.PrivateIpAddress;

    private static EniConnectionTracking? TrackingOf(WireConnectionTracking? wire) => wire is null ? null : new EniConnectionTracking
    {
        TcpEstablishedTimeout = Seconds(wire.TcpEstablishedTimeout),
        TcpClosedAndTimeWaitTimeout = Seconds(wire.TcpClosedAndTimeWaitTimeout),
        UdpTimeout = Seconds(wire.UdpTimeout),
    };

    private static TimeSpan? Seconds(int? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;

    private static EniAttachment? AttachmentOf(WireEni wire)
    {
        var instance = string.IsNullOrEmpty(wire.InstanceId) ? wire.Attachment?.InstanceId : wire.InstanceId;
        if (string.IsNullOrEmpty(instance))
            return null;
        var trunk = wire.Attachment?.TrunkNetworkInterfaceId;
        return new EniAttachment(
            new InstanceId(instance), wire.Attachment?.DeviceIndex ?? 0, wire.Attachment?.NetworkCardIndex ?? 0,
            string.IsNullOrEmpty(trunk) ? null : new EniId(trunk));
    }
}
