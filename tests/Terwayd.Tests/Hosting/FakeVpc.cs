using System.Net;
using Terway.Cloud;
using Terway.Cloud.Testing;

namespace Terwayd.Tests.Hosting;

/// <summary>A VPC with one vSwitch and one instance of a type with two ENIs for pods, six addresses each.</summary>
internal sealed class FakeVpc : IDisposable
{
    private FakeVpc(CloudEmulator emulator, InstanceId instance)
    {
        Emulator = emulator;
        Instance = instance;
    }

    internal const int Addresses = 12;

    internal static IPNetwork Subnet { get; } = IPNetwork.Parse("10.0.0.0/24");

    internal static IPNetwork Subnet6 { get; } = IPNetwork.Parse("2408:4005:0:1::/64");

    internal CloudEmulator Emulator { get; }

    internal InstanceId Instance { get; }

    internal static async Task<FakeVpc> CreateAsync(Action<EmulatedCallRecord>? onCall = null)
    {
        var emulator = new CloudEmulator(new CloudEmulatorOptions { OnCall = onCall });
        var vpc = emulator.AddVpc(IPNetwork.Parse("10.0.0.0/16"));
        var vSwitch = emulator.AddVSwitch(new VSwitchSpec { VpcId = vpc, ZoneId = new ZoneId("cn-hangzhou-i"), Cidr = Subnet, Ipv6Cidr = Subnet6 });
        var group = emulator.AddSecurityGroup(vpc);
        var instance = await emulator.AddInstanceAsync(new InstanceSpec
        {
            InstanceType = new InstanceTypeId("ecs.g7.large"),
            VSwitchId = vSwitch,
            SecurityGroupIds = [group],
        });
        return new FakeVpc(emulator, instance);
    }

    public void Dispose() => Emulator.Dispose();
}
