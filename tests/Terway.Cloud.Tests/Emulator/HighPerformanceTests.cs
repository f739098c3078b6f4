namespace Terway.Cloud.Tests.Emulator;

/// <summary>High-performance (ERDMA) ENIs: the type's quota, and no hot plug.</summary>
public class HighPerformanceTests
{
    private static readonly InstanceTypeId Type = new("ecs.test.erdma");

    [Fact]
    public async Task High_performance_enis_are_bounded_by_the_types_erdma_interfaces()
    {
        using var cloud = await TestCloud.CreateAsync();
        cloud.Emulator.AddInstanceType(new InstanceTypeLimits
        {
            InstanceType = Type,
            EniQuantity = 8,
            EniTotalQuantity = 8,
            Ipv4PerEni = 10,
            Ipv6PerEni = 10,
            EriQuantity = 1,
        });
        var node = await cloud.AddInstanceAsync(Type.Value);
        var request = cloud.NewEni() with { TrafficMode = EniTrafficMode.HighPerformance };
        var first = (await cloud.Api.CreateNetworkInterfaceAsync(request)).Value;
        var second = (await cloud.Api.CreateNetworkInterfaceAsync(request)).Value;
        await cloud.Api.AttachNetworkInterfaceAsync(new(first.Id, node));

        var full = await Errors.OfAsync(() => cloud.Api.AttachNetworkInterfaceAsync(new(second.Id, node)));
        var without = await Errors.OfAsync(() => cloud.Api.AttachNetworkInterfaceAsync(new(second.Id, cloud.Instance)));

        (full.Kind, full.Quota).Should().Be((CloudErrorKind.Quota, CloudQuota.ErdmaPerInstance));
        (without.Kind, without.Quota).Should().Be((CloudErrorKind.Quota, CloudQuota.ErdmaPerInstance));
    }

    [Fact]
    public async Task High_performance_eni_leaves_only_a_stopped_instance()
    {
        using var cloud = await TestCloud.CreateAsync();
        cloud.Emulator.AddInstanceType(new InstanceTypeLimits
        {
            InstanceType = Type,
            EniQuantity = 8,
            EniTotalQuantity = 8,
            Ipv4PerEni = 10,
            Ipv6PerEni = 10,
            EriQuantity = 1,
        });
        var node = await cloud.AddInstanceAsync(Type.Value);
        var eni = (await cloud.Api.CreateNetworkInterfaceAsync(cloud.NewEni() with { TrafficMode = EniTrafficMode.HighPerformance })).Value;
        await cloud.Api.AttachNetworkInterfaceAsync(new(eni.Id, node));

        var running = await Errors.OfAsync(() => cloud.Api.DetachNetworkInterfaceAsync(new(eni.Id, node)));
        cloud.Emulator.SetInstanceStatus(node, InstanceStatus.Stopped);
        await cloud.Api.DetachNetworkInterfaceAsync(new(eni.Id, node));

        (running.Code, running.Kind).Should().Be(("InvalidOperation.EniHotPlugNotSupported", CloudErrorKind.InvalidState));
        cloud.Now(eni.Id).Status.Should().Be(EniStatus.Available);
    }
}
