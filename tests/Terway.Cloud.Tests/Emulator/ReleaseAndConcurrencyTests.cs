using System.Net;
using Terway.Cloud.Testing;
using Terway.Testing;

namespace Terway.Cloud.Tests.Emulator;

public class ReleaseAndConcurrencyTests
{
    [Fact]
    public async Task Instance_released_while_an_eni_attaches_leaves_a_free_eni_that_attaches_anew()
    {
        var time = new FakeTimeProvider();
        using var cloud = await TestCloud.CreateAsync(new CloudEmulatorOptions
        {
            TimeProvider = time,
            Latencies = new EmulatorLatencies { Attach = LatencyRange.Seconds(4, 4) },
        });
        var other = await cloud.AddInstanceAsync("ecs.g7.large");
        var stays = (await cloud.Api.CreateNetworkInterfaceAsync(cloud.NewEni() with { DeleteOnRelease = false })).Value;
        var goes = await cloud.CreateEniAsync();
        await cloud.Api.AttachNetworkInterfaceAsync(new(stays.Id, cloud.Instance));
        await cloud.Api.AttachNetworkInterfaceAsync(new(goes.Id, cloud.Instance));
        time.Advance(TimeSpan.FromSeconds(2));

        await cloud.Emulator.ReleaseInstanceAsync(cloud.Instance);
        cloud.Now(stays.Id).Should().Be(stays);
        await cloud.Api.AttachNetworkInterfaceAsync(new(stays.Id, other));
        time.Advance(TimeSpan.FromSeconds(3));
        cloud.Now(stays.Id).Status.Should().Be(EniStatus.Attaching, "the end of the first attach is not the end of the second");
        time.Advance(TimeSpan.FromSeconds(1));

        cloud.Now(stays.Id).Attachment!.InstanceId.Should().Be(other);
        cloud.Emulator.Interfaces.Should().NotContain(e => e.Id == goes.Id);
    }

    [Fact]
    public async Task Released_instance_has_no_metadata_and_setup_mistakes_are_arguments()
    {
        using var cloud = await TestCloud.CreateAsync();
        var metadata = cloud.Emulator.CreateInstanceMetadata(cloud.Instance);
        await cloud.Emulator.ReleaseInstanceAsync(cloud.Instance);

        (await Errors.OfAsync(() => metadata.GetInstanceAsync())).Kind.Should().Be(CloudErrorKind.NotFound);
        (await Errors.OfAsync(() => metadata.GetMacAddressesAsync())).Kind.Should().Be(CloudErrorKind.NotFound);
        FluentActions.Invoking(() => cloud.Emulator.SetInstanceStatus(cloud.Instance, InstanceStatus.Stopped)).Should().Throw<ArgumentException>();
        await FluentActions.Awaiting(() => cloud.Emulator.ReleaseInstanceAsync(cloud.Instance)).Should().ThrowAsync<ArgumentException>();
        await FluentActions.Awaiting(() => cloud.AddInstanceAsync("ecs.none")).Should().ThrowAsync<ArgumentException>();
        FluentActions.Invoking(() => cloud.Emulator.AddVSwitch(new VSwitchSpec
        {
            VpcId = cloud.Vpc,
            ZoneId = TestCloud.ZoneK,
            Cidr = IPNetwork.Parse("10.7.0.0/24"),
            Ipv6Cidr = IPNetwork.Parse("2408:4005:0:7::/64"),
            Ipv6PrefixReservation = IPNetwork.Parse("2408:4005:0:7::/64"),
        })).Should().Throw<ArgumentException>("no address would be left to give").WithMessage("*reservation*");
        await FluentActions.Awaiting(() => cloud.AddInstanceAsync("ecs.g7.large", vSwitch: new VSwitchId("vsw-none"))).Should().ThrowAsync<ArgumentException>();
        FluentActions.Invoking(() => cloud.Emulator.AddVSwitch(new VSwitchSpec { VpcId = cloud.Vpc, ZoneId = TestCloud.ZoneK, Cidr = new(new([10, 0, 0, 128]), 25) }))
            .Should().Throw<ArgumentException>().WithMessage("*overlaps*");
    }

    [Fact]
    public async Task Many_threads_get_each_address_once()
    {
        using var cloud = await TestCloud.CreateAsync(new CloudEmulatorOptions { ActionLimits = new Dictionary<string, int>(), DefaultActionLimit = 100_000 });

        await Parallel.ForAsync(0, 40, async (_, token) =>
        {
            var eni = (await cloud.Api.CreateNetworkInterfaceAsync(cloud.NewEni(vSwitch: cloud.OtherZone), token)).Value;
            await cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = 5 }, token);
        });

        var all = cloud.Emulator.Interfaces.Where(e => e.VSwitchId == cloud.OtherZone).SelectMany(e => e.SecondaryIpAddresses.Append(e.PrimaryIpAddress)).ToList();
        all.Should().HaveCount(240).And.OnlyHaveUniqueItems();
        (await cloud.Api.FindVSwitchAsync(cloud.OtherZone))!.AvailableIpAddressCount.Should().Be(252 - 240);
    }

    [Fact]
    public async Task What_an_observer_throws_reaches_the_caller()
    {
        using var cloud = await TestCloud.CreateAsync(new CloudEmulatorOptions { OnCall = _ => throw new InvalidOperationException("seen enough") });

        await FluentActions.Awaiting(() => cloud.CreateEniAsync()).Should().ThrowAsync<InvalidOperationException>().WithMessage("seen enough");
    }

    [Fact]
    public async Task Instance_id_that_is_taken_is_refused_and_leaves_nothing()
    {
        using var cloud = await TestCloud.CreateAsync();
        var spec = new InstanceSpec { Id = cloud.Instance, InstanceType = new("ecs.g7.large"), VSwitchId = cloud.VSwitch, SecurityGroupIds = [cloud.Group] };

        await FluentActions.Awaiting(() => cloud.Emulator.AddInstanceAsync(spec)).Should().ThrowAsync<ArgumentException>().WithMessage($"*{cloud.Instance}*");

        cloud.Emulator.Interfaces.Should().ContainSingle("the refused instance has no primary ENI");
    }
}
