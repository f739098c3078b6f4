using System.Net;
using Terway.Cloud.Testing;
using Terway.Testing;

namespace Terway.Cloud.Tests.Emulator;

public class EniLifeTests
{
    [Fact]
    public async Task Created_eni_is_available_with_addresses_of_its_vswitch()
    {
        using var cloud = await TestCloud.CreateAsync();

        var eni = await cloud.CreateEniAsync(secondary: 5);

        eni.Status.Should().Be(EniStatus.Available);
        eni.Type.Should().Be(EniType.Secondary);
        eni.SecondaryIpAddresses.Should().HaveCount(5).And.OnlyHaveUniqueItems().And.NotContain(eni.PrimaryIpAddress);
        eni.SecondaryIpAddresses.Append(eni.PrimaryIpAddress).Should().OnlyContain(a => IPNetwork.Parse("10.0.0.0/24").Contains(a));
        eni.MacAddress.ToString().Should().StartWith("00163E");
        eni.ZoneId.Should().Be(TestCloud.ZoneK);
    }

    [Fact]
    public async Task Same_seed_gives_the_same_cloud()
    {
        using var one = await TestCloud.CreateAsync(new CloudEmulatorOptions { Seed = 7, TimeProvider = new FakeTimeProvider() });
        using var two = await TestCloud.CreateAsync(new CloudEmulatorOptions { Seed = 7, TimeProvider = new FakeTimeProvider() });
        using var other = await TestCloud.CreateAsync(new CloudEmulatorOptions { Seed = 8, TimeProvider = new FakeTimeProvider() });

        var eni = await one.CreateEniAsync(secondary: 3);

        (await two.CreateEniAsync(secondary: 3)).Should().Be(eni);
        (await other.CreateEniAsync(secondary: 3)).Should().NotBe(eni);
    }

    [Fact]
    public async Task Attach_detach_and_delete_pass_through_their_states_in_virtual_time()
    {
        var time = new FakeTimeProvider();
        using var cloud = await TestCloud.CreateAsync(new CloudEmulatorOptions
        {
            TimeProvider = time,
            Latencies = new EmulatorLatencies { Attach = LatencyRange.Seconds(4, 4), Detach = LatencyRange.Seconds(5, 5), Delete = LatencyRange.Seconds(2, 2) },
        });
        var eni = await cloud.CreateEniAsync();

        await cloud.Api.AttachNetworkInterfaceAsync(new AttachNetworkInterfaceRequest(eni.Id, cloud.Instance));
        time.Advance(TimeSpan.FromSeconds(3));
        cloud.Now(eni.Id).Status.Should().Be(EniStatus.Attaching);
        time.Advance(TimeSpan.FromSeconds(1));
        cloud.Now(eni.Id).Status.Should().Be(EniStatus.InUse);

        await cloud.Api.DetachNetworkInterfaceAsync(new DetachNetworkInterfaceRequest(eni.Id, cloud.Instance));
        cloud.Now(eni.Id).Status.Should().Be(EniStatus.Detaching);
        time.Advance(TimeSpan.FromSeconds(5));
        cloud.Now(eni.Id).Should().BeEquivalentTo(eni, "a detached ENI keeps its addresses");

        await cloud.Api.DeleteNetworkInterfaceAsync(eni.Id);
        cloud.Now(eni.Id).Status.Should().Be(EniStatus.Deleting);
        time.Advance(TimeSpan.FromSeconds(2));
        cloud.Emulator.Interfaces.Should().NotContain(e => e.Id == eni.Id);
        cloud.Emulator.FindOwner(cloud.Vpc, eni.PrimaryIpAddress).Should().BeNull();
    }

    [Fact]
    public async Task Calls_take_their_time_on_the_clock_that_was_given()
    {
        var time = new FakeTimeProvider();
        using var cloud = await TestCloud.CreateAsync(new CloudEmulatorOptions
        {
            TimeProvider = time,
            Latencies = new EmulatorLatencies { Create = LatencyRange.Seconds(1, 1) },
        });

        var creating = cloud.CreateEniAsync();
        time.Advance(TimeSpan.FromSeconds(0.9));
        creating.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(0.1));

        creating.IsCompletedSuccessfully.Should().BeTrue("everything happens inside Advance");
    }

    [Fact]
    public async Task Cancelled_create_happens_all_the_same()
    {
        var time = new FakeTimeProvider();
        using var cloud = await TestCloud.CreateAsync(new CloudEmulatorOptions
        {
            TimeProvider = time,
            Latencies = new EmulatorLatencies { Create = LatencyRange.Seconds(1, 1) },
        });
        using var cancel = new CancellationTokenSource();
        var before = cloud.Emulator.Interfaces.Length;

        var creating = cloud.Api.CreateNetworkInterfaceAsync(cloud.NewEni(), cancel.Token);
        await cancel.CancelAsync();
        time.Advance(TimeSpan.FromSeconds(1));

        await FluentActions.Awaiting(() => creating).Should().ThrowAsync<OperationCanceledException>();
        cloud.Emulator.Interfaces.Should().HaveCount(before + 1);
    }

    [Theory]
    [InlineData("delete in use", "InvalidOperation.InvalidEniState", CloudErrorKind.InvalidState)]
    [InlineData("attach twice", "InvalidOperation.InvalidEniState", CloudErrorKind.InvalidState)]
    [InlineData("detach free", "InvalidOperation.InvalidEniState", CloudErrorKind.InvalidState)]
    [InlineData("detach primary", "InvalidOperation.DetachPrimaryEniNotAllowed", CloudErrorKind.Invalid)]
    [InlineData("detach from other", "InvalidParameter.EniNotBelongEcs", CloudErrorKind.InvalidState)]
    [InlineData("attach to nothing", "InvalidEcsId.NotFound", CloudErrorKind.NotFound)]
    [InlineData("attach nothing", "InvalidEniId.NotFound", CloudErrorKind.NotFound)]
    [InlineData("attach across zones", "InvalidOperation.AvailabilityZoneMismatch", CloudErrorKind.Invalid)]
    [InlineData("attach to starting", "InvalidOperation.InvalidEcsState", CloudErrorKind.InvalidState)]
    [InlineData("create nowhere", "InvalidVSwitchId.NotFound", CloudErrorKind.NotFound)]
    [InlineData("create without group", "MissingParameter", CloudErrorKind.Invalid)]
    [InlineData("create in full", "InvalidVSwitchId.IpNotEnough", CloudErrorKind.VSwitchFull)]
    [InlineData("create with reserved tag", "InvalidTagKey.Malformed", CloudErrorKind.Invalid)]
    public async Task Refusals_have_the_clouds_code_and_their_kind(string what, string code, CloudErrorKind kind)
    {
        using var cloud = await TestCloud.CreateAsync();
        var api = cloud.Api;
        var free = await cloud.CreateEniAsync();
        var used = await cloud.CreateAttachedEniAsync();
        var other = await cloud.AddInstanceAsync("ecs.g7.large");
        var primary = cloud.Emulator.Interfaces.First(e => e.Type == EniType.Primary);
        Func<Task> call = what switch
        {
            "delete in use" => () => api.DeleteNetworkInterfaceAsync(used.Id),
            "attach twice" => () => api.AttachNetworkInterfaceAsync(new(used.Id, cloud.Instance)),
            "detach free" => () => api.DetachNetworkInterfaceAsync(new(free.Id, cloud.Instance)),
            "detach primary" => () => api.DetachNetworkInterfaceAsync(new(primary.Id, cloud.Instance)),
            "detach from other" => () => api.DetachNetworkInterfaceAsync(new(used.Id, other)),
            "attach to nothing" => () => api.AttachNetworkInterfaceAsync(new(free.Id, new InstanceId("i-none"))),
            "attach nothing" => () => api.AttachNetworkInterfaceAsync(new(new EniId("eni-none"), cloud.Instance)),
            "attach across zones" => async () => await api.AttachNetworkInterfaceAsync(new((await cloud.CreateEniAsync(vSwitch: cloud.OtherZone)).Id, cloud.Instance)),
            "attach to starting" => () => AttachToStarting(cloud, free.Id),
            "create nowhere" => () => api.CreateNetworkInterfaceAsync(cloud.NewEni(vSwitch: new VSwitchId("vsw-none"))),
            "create without group" => () => api.CreateNetworkInterfaceAsync(cloud.NewEni() with { SecurityGroupIds = [] }),
            "create in full" => () => api.CreateNetworkInterfaceAsync(cloud.NewEni(secondary: 4, vSwitch: cloud.Small)),
            "create with reserved tag" => () => api.CreateNetworkInterfaceAsync(cloud.NewEni() with { Tags = [new("acs:x", "y")] }),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
        var before = cloud.Emulator.Interfaces;

        var failure = await Errors.OfAsync(call);

        failure.Code.Should().Be(code);
        failure.Kind.Should().Be(kind);
        failure.RequestId.Should().NotBeNull();
        if (what != "attach across zones")
            cloud.Emulator.Interfaces.Should().Equal(before, "a refused call changes nothing");
    }

    private static Task<CloudReply> AttachToStarting(TestCloud cloud, EniId eni)
    {
        cloud.Emulator.SetInstanceStatus(cloud.Instance, InstanceStatus.Starting);
        return cloud.Api.AttachNetworkInterfaceAsync(new(eni, cloud.Instance));
    }

    [Fact]
    public async Task Instance_takes_no_more_enis_than_its_type_allows()
    {
        using var cloud = await TestCloud.CreateAsync(instanceType: "ecs.g6.large");
        await cloud.CreateAttachedEniAsync();
        var third = await cloud.CreateEniAsync();

        var failure = await Errors.OfAsync(() => cloud.Api.AttachNetworkInterfaceAsync(new(third.Id, cloud.Instance)));

        failure.Quota.Should().Be(CloudQuota.EniPerInstance);
        failure.Message.Should().Contain("ecs.g6.large").And.Contain(failure.RequestId!.Value.Value);
    }

    [Fact]
    public async Task Eni_with_more_addresses_than_the_type_allows_is_not_attached()
    {
        using var cloud = await TestCloud.CreateAsync();
        var eni = await cloud.CreateEniAsync(secondary: 6);

        var failure = await Errors.OfAsync(() => cloud.Api.AttachNetworkInterfaceAsync(new(eni.Id, cloud.Instance)));

        failure.Code.Should().Be("InvalidOperation.Ipv4CountExceeded");
        failure.Quota.Should().Be(CloudQuota.Ipv4PerEni);
    }

    [Fact]
    public async Task Trunk_members_count_apart_and_have_vlans()
    {
        using var cloud = await TestCloud.CreateAsync(instanceType: "ecs.g7.xlarge");
        var trunk = (await cloud.Api.CreateNetworkInterfaceAsync(cloud.NewEni() with { Type = EniType.Trunk })).Value;
        await cloud.Api.AttachNetworkInterfaceAsync(new(trunk.Id, cloud.Instance));
        var members = new List<NetworkInterface>();
        for (var i = 0; i < 18; i++)
        {
            var eni = await cloud.CreateEniAsync();
            await cloud.Api.AttachNetworkInterfaceAsync(new(eni.Id, cloud.Instance, trunk.Id));
            members.Add(cloud.Now(eni.Id));
        }
        var tooMany = await cloud.CreateEniAsync();

        members.Should().OnlyContain(m => m.Type == EniType.Member && m.Attachment!.TrunkEniId == trunk.Id);
        members.Select(m => m.Attachment!.DeviceIndex).Should().Equal(Enumerable.Range(1, 18));
        (await Errors.OfAsync(() => cloud.Api.AttachNetworkInterfaceAsync(new(tooMany.Id, cloud.Instance, trunk.Id)))).Quota.Should().Be(CloudQuota.EniPerInstance);
        (await Errors.OfAsync(() => cloud.Api.DetachNetworkInterfaceAsync(new(trunk.Id, cloud.Instance)))).Code.Should().Be("InvalidOperation.HasMemberEniAttached");

        await cloud.Api.DetachNetworkInterfaceAsync(new(members[0].Id, cloud.Instance, trunk.Id));
        cloud.Now(members[0].Id).Type.Should().Be(EniType.Secondary);
    }

    [Fact]
    public async Task Released_instance_takes_its_enis_along_unless_they_shall_stay()
    {
        using var cloud = await TestCloud.CreateAsync();
        var goes = await cloud.CreateAttachedEniAsync();
        var stays = (await cloud.Api.CreateNetworkInterfaceAsync(cloud.NewEni() with { DeleteOnRelease = false })).Value;
        await cloud.Api.AttachNetworkInterfaceAsync(new(stays.Id, cloud.Instance));

        await cloud.Emulator.ReleaseInstanceAsync(cloud.Instance);

        cloud.Emulator.Interfaces.Should().ContainSingle().Which.Should().Be(stays);
        cloud.Emulator.FindOwner(cloud.Vpc, goes.PrimaryIpAddress).Should().BeNull();
    }
}
