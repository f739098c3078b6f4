using System.Net;
using Terway.Cloud.Testing;
using Terway.Testing;

namespace Terway.Cloud.Tests.Emulator;

public class AddressTests
{
    [Fact]
    public async Task Assign_up_to_the_types_limit_and_not_one_more()
    {
        using var cloud = await TestCloud.CreateAsync();
        var eni = await cloud.CreateAttachedEniAsync();

        var assigned = await cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = 5 });
        var failure = await Errors.OfAsync(() => cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = 1 }));

        assigned.Value.Addresses.Should().HaveCount(5);
        cloud.Now(eni.Id).SecondaryIpAddresses.Should().Equal(assigned.Value.Addresses);
        failure.Code.Should().Be("InvalidOperation.Ipv4CountExceeded");
    }

    [Fact]
    public async Task Absurd_count_meets_the_limit_and_does_not_wrap_around()
    {
        using var cloud = await TestCloud.CreateAsync();
        var eni = await cloud.CreateAttachedEniAsync(secondary: 1);

        (await Errors.OfAsync(() => cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = int.MaxValue }))).Code
            .Should().Be("InvalidOperation.Ipv4CountExceeded");
    }

    [Fact]
    public async Task Free_eni_takes_49_secondary_addresses()
    {
        using var cloud = await TestCloud.CreateAsync();
        var eni = await cloud.CreateEniAsync(secondary: 49);

        (await Errors.OfAsync(() => cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = 1 }))).Code
            .Should().Be("MaxEniPrivateIpsCountExceeded");
    }

    [Fact]
    public async Task Unassign_is_all_or_nothing_and_frees_what_it_takes()
    {
        using var cloud = await TestCloud.CreateAsync();
        var eni = await cloud.CreateEniAsync(secondary: 3);
        var (first, second) = (eni.SecondaryIpAddresses[0], eni.SecondaryIpAddresses[1]);
        var foreign = IPAddress.Parse("10.0.0.99");

        var failure = await Errors.OfAsync(() => cloud.Api.UnassignPrivateIpAddressesAsync(new() { EniId = eni.Id, Addresses = [first, foreign] }));
        cloud.Now(eni.Id).Should().Be(eni);
        await cloud.Api.UnassignPrivateIpAddressesAsync(new() { EniId = eni.Id, Addresses = [first, second] });

        failure.Code.Should().Be("InvalidIp.IpUnassigned");
        failure.Kind.Should().Be(CloudErrorKind.NotFound);
        cloud.Now(eni.Id).SecondaryIpAddresses.Should().Equal(eni.SecondaryIpAddresses[2]);
        cloud.Emulator.FindOwner(cloud.Vpc, first).Should().BeNull();
    }

    [Fact]
    public async Task Primary_address_cannot_be_unassigned()
    {
        using var cloud = await TestCloud.CreateAsync();
        var eni = await cloud.CreateEniAsync();

        (await Errors.OfAsync(() => cloud.Api.UnassignPrivateIpAddressesAsync(new() { EniId = eni.Id, Addresses = [eni.PrimaryIpAddress] }))).Code
            .Should().Be("InvalidIp.IpUnassigned");
    }

    [Theory]
    [InlineData("10.0.0.0", "InvalidVSwitchId.IpInvalid")]
    [InlineData("10.0.0.253", "InvalidVSwitchId.IpInvalid")]
    [InlineData("10.0.0.254", "InvalidVSwitchId.IpInvalid")]
    [InlineData("10.0.0.255", "InvalidVSwitchId.IpInvalid")]
    [InlineData("10.0.0.70", "InvalidVSwitchId.IpInvalid")]
    [InlineData("10.0.9.9", "InvalidVSwitchId.IpInvalid")]
    public async Task Addresses_of_the_clouds_own_or_reserved_for_prefixes_are_refused(string address, string code)
    {
        using var cloud = await TestCloud.CreateAsync();
        var eni = await cloud.CreateEniAsync();

        (await Errors.OfAsync(() => cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Addresses = [IPAddress.Parse(address)] }))).Code
            .Should().Be(code);
    }

    [Fact]
    public async Task Named_address_is_given_once()
    {
        using var cloud = await TestCloud.CreateAsync();
        var one = await cloud.CreateEniAsync();
        var two = await cloud.CreateEniAsync();
        var wanted = Enumerable.Range(1, 60).Select(i => IPAddress.Parse($"10.0.0.{i}")).First(a => cloud.Emulator.FindOwner(cloud.Vpc, a) is null);

        (await cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = one.Id, Addresses = [wanted] })).Value.Addresses.Should().Equal(wanted);

        (await Errors.OfAsync(() => cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = two.Id, Addresses = [wanted] }))).Code.Should().Be("InvalidIp.IpAssigned");
        cloud.Emulator.FindOwner(cloud.Vpc, wanted).Should().Be(one.Id);
    }

    [Fact]
    public async Task Vswitch_counts_its_free_addresses_and_refuses_when_there_is_none()
    {
        using var cloud = await TestCloud.CreateAsync();

        (await cloud.Api.FindVSwitchAsync(cloud.Small))!.AvailableIpAddressCount.Should().Be(4, "a /29 has eight addresses and four are the cloud's");
        var eni = await cloud.CreateEniAsync(secondary: 3, vSwitch: cloud.Small);
        (await cloud.Api.FindVSwitchAsync(cloud.Small))!.AvailableIpAddressCount.Should().Be(0);

        (await Errors.OfAsync(() => cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = 1 }))).Kind.Should().Be(CloudErrorKind.VSwitchFull);
    }

    [Fact]
    public async Task Ipv6_addresses_are_assigned_up_to_the_limit()
    {
        using var cloud = await TestCloud.CreateAsync();
        var eni = await cloud.CreateAttachedEniAsync();

        var assigned = (await cloud.Api.AssignIpv6AddressesAsync(new() { EniId = eni.Id, Count = 6 })).Value.Addresses;

        assigned.Should().HaveCount(6).And.OnlyHaveUniqueItems().And.OnlyContain(a => IPNetwork.Parse("2408:4005:0:1::/64").Contains(a));
        (await Errors.OfAsync(() => cloud.Api.AssignIpv6AddressesAsync(new() { EniId = eni.Id, Count = 1 }))).Quota.Should().Be(CloudQuota.Ipv6PerEni);
        await cloud.Api.UnassignIpv6AddressesAsync(new() { EniId = eni.Id, Addresses = [assigned[0]] });
        cloud.Now(eni.Id).Ipv6Addresses.Should().HaveCount(5);
    }

    [Fact]
    public async Task Ipv6_needs_a_vswitch_that_has_it()
    {
        using var cloud = await TestCloud.CreateAsync();
        var eni = await cloud.CreateEniAsync(vSwitch: cloud.OtherZone);

        (await Errors.OfAsync(() => cloud.Api.AssignIpv6AddressesAsync(new() { EniId = eni.Id, Count = 1 }))).Code.Should().Be("InvalidVSwitch.Ipv6NotTurnOn");
    }

    [Fact]
    public async Task Prefixes_come_from_the_reservation_until_it_is_used_up()
    {
        using var cloud = await TestCloud.CreateAsync();
        var eni = await cloud.CreateAttachedEniAsync();

        var prefixes = (await cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, PrefixCount = 4 })).Value.Prefixes;
        var failure = await Errors.OfAsync(() => cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, PrefixCount = 1 }));

        prefixes.Select(p => p.ToString()).Should().Equal("10.0.0.64/28", "10.0.0.80/28", "10.0.0.96/28", "10.0.0.112/28");
        failure.Kind.Should().Be(CloudErrorKind.VSwitchFull);
        cloud.Emulator.FindOwner(cloud.Vpc, IPAddress.Parse("10.0.0.81")).Should().Be(eni.Id);
        await cloud.Api.UnassignPrivateIpAddressesAsync(new() { EniId = eni.Id, Prefixes = [prefixes[1]] });
        cloud.Emulator.FindOwner(cloud.Vpc, IPAddress.Parse("10.0.0.81")).Should().BeNull();
        (await cloud.Api.AssignIpv6AddressesAsync(new() { EniId = eni.Id, PrefixCount = 2 })).Value.Prefixes.Should().HaveCount(2).And.OnlyContain(p => p.PrefixLength == 80);
    }

    [Fact]
    public async Task Second_call_for_the_same_eni_conflicts_while_one_is_running()
    {
        var time = new FakeTimeProvider();
        using var cloud = await TestCloud.CreateAsync(new CloudEmulatorOptions
        {
            TimeProvider = time,
            Latencies = new EmulatorLatencies { Assign = LatencyRange.Seconds(1, 1) },
        });
        var eni = await cloud.CreateEniAsync();

        var first = cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = 1 });
        var second = cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = 1 });
        time.Advance(TimeSpan.FromSeconds(1));
        await first;

        (await Errors.OfAsync(() => second)).Kind.Should().Be(CloudErrorKind.Conflict);
        var third = cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = 1 });
        time.Advance(TimeSpan.FromSeconds(1));
        await third;
    }

    [Fact]
    public async Task Security_group_takes_no_more_addresses_than_it_has_room_for()
    {
        using var cloud = await TestCloud.CreateAsync();
        var group = cloud.Emulator.AddSecurityGroup(cloud.Vpc, capacity: 3);
        var eni = (await cloud.Api.CreateNetworkInterfaceAsync(cloud.NewEni(secondary: 2) with { SecurityGroupIds = [group] })).Value;

        (await Errors.OfAsync(() => cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = 1 }))).Quota.Should().Be(CloudQuota.SecurityGroupMembers);

        await cloud.Api.ModifyNetworkInterfaceAttributeAsync(new() { EniId = eni.Id, SecurityGroupIds = [cloud.Group], Description = "moved" });
        await cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = 1 });
        cloud.Now(eni.Id).Description.Should().Be("moved");
    }
}
