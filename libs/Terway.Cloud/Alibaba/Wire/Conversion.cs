namespace Terway.Cloud.Alibaba;

/// <summary>Makes the seam's vSwitches, types, instances and groups of the wire's.</summary>
internal static class Conversion
{
    internal static VSwitch VSwitch(WireVSwitch wire) => new()
    {
        Id = new VSwitchId(WireText.Required(wire.VSwitchId, "VSwitchId")),
        VpcId = new VpcId(WireText.Required(wire.VpcId, "VpcId")),
        ZoneId = new ZoneId(WireText.Required(wire.ZoneId, "ZoneId")),
        Cidr = WireText.Network(wire.CidrBlock, "CidrBlock"),
        Ipv6Cidr = WireText.OptionalNetwork(wire.Ipv6CidrBlock, "Ipv6CidrBlock"),
        AvailableIpAddressCount = WireText.Required(wire.AvailableIpAddressCount, "AvailableIpAddressCount"),
        Name = wire.VSwitchName ?? "",
        Tags = WireText.Tags(wire.Tags),
    };

    internal static InstanceTypeLimits Limits(WireType wire)
    {
        var eni = WireText.Required(wire.EniQuantity, "EniQuantity");
        return new InstanceTypeLimits
        {
            InstanceType = new InstanceTypeId(WireText.Required(wire.InstanceTypeId, "InstanceTypeId")),
            EniQuantity = eni,
            // Types without trunk support sometimes leave the total at 0.
            EniTotalQuantity = Math.Max(eni, wire.EniTotalQuantity ?? 0),
            Ipv4PerEni = WireText.Required(wire.EniPrivateIpAddressQuantity, "EniPrivateIpAddressQuantity"),
            Ipv6PerEni = wire.EniIpv6AddressQuantity ?? 0,
            TrunkSupported = wire.EniTrunkSupported ?? false,
            EriQuantity = wire.EriQuantity ?? 0,
            CpuCoreCount = wire.CpuCoreCount ?? 0,
            MemorySize = wire.MemorySize ?? 0,
            BandwidthRx = wire.InstanceBandwidthRx ?? 0,
            BandwidthTx = wire.InstanceBandwidthTx ?? 0,
            NetworkCards = WireText.Items(
                wire.NetworkCards?.NetworkCardInfo, "NetworkCards", card => WireText.Required(card.NetworkCardIndex, "NetworkCardIndex")),
        };
    }

    internal static Instance Instance(WireInstance wire) => new()
    {
        Id = new InstanceId(WireText.Required(wire.InstanceId, "InstanceId")),
        InstanceType = new InstanceTypeId(WireText.Required(wire.InstanceType, "InstanceType")),
        Status = new InstanceStatus(WireText.Required(wire.Status, "Status")),
        RegionId = new RegionId(WireText.Required(wire.RegionId, "RegionId")),
        ZoneId = new ZoneId(WireText.Required(wire.ZoneId, "ZoneId")),
        VpcId = new VpcId(WireText.Required(wire.VpcAttributes?.VpcId, "VpcAttributes.VpcId")),
        VSwitchId = new VSwitchId(WireText.Required(wire.VpcAttributes?.VSwitchId, "VpcAttributes.VSwitchId")),
        Name = wire.InstanceName ?? "",
        PrivateIpAddresses = WireText.Items(
            wire.VpcAttributes?.PrivateIpAddress?.IpAddress, "VpcAttributes.PrivateIpAddress", ip => WireText.Address(ip, "IpAddress")),
        SecurityGroupIds = WireText.Items(wire.SecurityGroupIds?.SecurityGroupId, "SecurityGroupIds", id => new SecurityGroupId(id)),
        NetworkInterfaceIds = WireText.Items(
            wire.NetworkInterfaces?.NetworkInterface, "NetworkInterfaces", eni => new EniId(WireText.Required(eni.NetworkInterfaceId, "NetworkInterfaceId"))),
        Tags = WireText.Tags(wire.Tags),
    };

    internal static SecurityGroup Group(WireGroup wire) => new(
        new SecurityGroupId(WireText.Required(wire.SecurityGroupId, "SecurityGroupId")),
        new VpcId(WireText.Required(wire.VpcId, "VpcId")),
        new SecurityGroupType(WireText.Required(wire.SecurityGroupType, "SecurityGroupType")),
        wire.SecurityGroupName ?? "",
        wire.ServiceManaged ?? false,
        WireText.Tags(wire.Tags));
}
