using System.Net;
using Terway.Cloud.Testing;

namespace Terway.Cloud.Tests;

/// <summary>An emulator with a VPC of two zones, a security group and an instance.</summary>
internal sealed class TestCloud : IDisposable
{
    internal static readonly ZoneId ZoneK = new("cn-hangzhou-k");
    internal static readonly ZoneId ZoneJ = new("cn-hangzhou-j");

    private TestCloud(CloudEmulator emulator)
    {
        Emulator = emulator;
        Vpc = emulator.AddVpc(IPNetwork.Parse("10.0.0.0/8"));
        VSwitch = emulator.AddVSwitch(new VSwitchSpec
        {
            VpcId = Vpc,
            ZoneId = ZoneK,
            Cidr = IPNetwork.Parse("10.0.0.0/24"),
            Ipv6Cidr = IPNetwork.Parse("2408:4005:0:1::/64"),
            PrefixReservation = IPNetwork.Parse("10.0.0.64/26"),
            Ipv6PrefixReservation = IPNetwork.Parse("2408:4005:0:1:8000::/68"),
        });
        OtherZone = emulator.AddVSwitch(new VSwitchSpec { VpcId = Vpc, ZoneId = ZoneJ, Cidr = IPNetwork.Parse("10.0.1.0/24") });
        Small = emulator.AddVSwitch(new VSwitchSpec { VpcId = Vpc, ZoneId = ZoneK, Cidr = IPNetwork.Parse("10.0.2.0/29") });
        Group = emulator.AddSecurityGroup(Vpc);
        Api = emulator.CreateEniApi();
    }

    internal CloudEmulator Emulator { get; }

    internal IEniApi Api { get; }

    internal VpcId Vpc { get; }

    internal VSwitchId VSwitch { get; }

    internal VSwitchId OtherZone { get; }

    /// <summary>Four addresses can be had.</summary>
    internal VSwitchId Small { get; }

    internal SecurityGroupId Group { get; }

    internal InstanceId Instance { get; private set; }

    internal static async Task<TestCloud> CreateAsync(CloudEmulatorOptions? options = null, string instanceType = "ecs.g7.large", string? role = null)
    {
        var cloud = new TestCloud(new CloudEmulator(options));
        if (role is not null)
            cloud.Emulator.AddRole(role);
        cloud.Instance = await cloud.AddInstanceAsync(instanceType, role);
        return cloud;
    }

    internal Task<InstanceId> AddInstanceAsync(string type, string? role = null, VSwitchId? vSwitch = null) => Emulator.AddInstanceAsync(new InstanceSpec
    {
        InstanceType = new InstanceTypeId(type),
        VSwitchId = vSwitch ?? VSwitch,
        SecurityGroupIds = [Group],
        RoleName = role,
    });

    internal CreateNetworkInterfaceRequest NewEni(int secondary = 0, VSwitchId? vSwitch = null) => new()
    {
        VSwitchId = vSwitch ?? VSwitch,
        SecurityGroupIds = [Group],
        SecondaryIpAddressCount = secondary,
    };

    internal async Task<NetworkInterface> CreateEniAsync(int secondary = 0, VSwitchId? vSwitch = null) =>
        (await Api.CreateNetworkInterfaceAsync(NewEni(secondary, vSwitch))).Value;

    internal async Task<NetworkInterface> CreateAttachedEniAsync(int secondary = 0)
    {
        var eni = await CreateEniAsync(secondary);
        await Api.AttachNetworkInterfaceAsync(new AttachNetworkInterfaceRequest(eni.Id, Instance));
        return Now(eni.Id);
    }

    internal NetworkInterface Now(EniId id) => Emulator.Interfaces.Single(e => e.Id == id);

    public void Dispose() => Emulator.Dispose();
}
