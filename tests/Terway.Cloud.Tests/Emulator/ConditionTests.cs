using Terway.Cloud.Testing;
using Terway.Testing;

namespace Terway.Cloud.Tests.Emulator;

/// <summary>Conditions of the cloud that change while it runs.</summary>
public class ConditionTests
{
    [Fact]
    public async Task Others_take_a_vswitchs_addresses_and_give_them_back()
    {
        using var cloud = await TestCloud.CreateAsync();
        var free = (await cloud.Api.FindVSwitchAsync(cloud.OtherZone))!.AvailableIpAddressCount;

        cloud.Emulator.LeaveFreeAddresses(cloud.OtherZone, 2).Should().Be(2);
        await cloud.CreateEniAsync(secondary: 1, vSwitch: cloud.OtherZone);
        var full = await Errors.OfAsync(() => cloud.CreateEniAsync(vSwitch: cloud.OtherZone));
        var empty = (await cloud.Api.FindVSwitchAsync(cloud.OtherZone))!.AvailableIpAddressCount;
        cloud.Emulator.LeaveFreeAddresses(cloud.OtherZone, free).Should().Be(free - 2);

        (full.Kind, empty).Should().Be((CloudErrorKind.VSwitchFull, 0));
        await cloud.CreateEniAsync(vSwitch: cloud.OtherZone);
    }

    [Fact]
    public async Task Addresses_that_others_hold_belong_to_none_of_our_enis()
    {
        using var cloud = await TestCloud.CreateAsync();
        cloud.Emulator.LeaveFreeAddresses(cloud.OtherZone, 0);

        foreach (var host in Enumerable.Range(1, 252))
            cloud.Emulator.FindOwner(cloud.Vpc, System.Net.IPAddress.Parse($"10.0.1.{host}")).Should().BeNull();
        cloud.Emulator.FindInstance(System.Net.IPAddress.Parse("10.0.1.7")).Should().BeNull();
    }

    [Fact]
    public async Task Permission_quota_and_limit_change_and_change_back()
    {
        var time = new FakeTimeProvider();
        using var cloud = await TestCloud.CreateAsync(new CloudEmulatorOptions { TimeProvider = time });
        cloud.Emulator.DenyAction("CreateNetworkInterface");
        (await Errors.OfAsync(() => cloud.CreateEniAsync())).Should().Match<CloudApiException>(
            f => f.Kind == CloudErrorKind.Permission && f.Detail!.AccessDenied["AuthAction"] == "ecs:CreateNetworkInterface");
        cloud.Emulator.AllowAction("CreateNetworkInterface").Should().BeTrue();

        cloud.Emulator.MaxEniCount = cloud.Emulator.Interfaces.Length;
        (await Errors.OfAsync(() => cloud.CreateEniAsync())).Quota.Should().Be(CloudQuota.EniPerRegion);
        cloud.Emulator.MaxEniCount++;

        cloud.Emulator.SetActionLimit("CreateNetworkInterface", 0);
        (await Errors.OfAsync(() => cloud.CreateEniAsync())).IsThrottled.Should().BeTrue();
        cloud.Emulator.SetActionLimit("CreateNetworkInterface", 100);
        await cloud.CreateEniAsync();
    }

    [Fact]
    public async Task Eni_that_vanishes_is_gone_everywhere()
    {
        using var cloud = await TestCloud.CreateAsync();
        var eni = await cloud.CreateAttachedEniAsync(secondary: 1);

        (await cloud.Emulator.RemoveInterfaceAsync(eni.Id)).Should().BeTrue();

        (await cloud.Api.FindNetworkInterfaceAsync(eni.Id)).Should().BeNull();
        (await cloud.Emulator.CreateInstanceMetadata(cloud.Instance).GetMacAddressesAsync()).Should().NotContain(eni.MacAddress);
        cloud.Emulator.FindOwner(cloud.Vpc, eni.SecondaryIpAddresses[0]).Should().BeNull();
        (await cloud.Emulator.RemoveInterfaceAsync(eni.Id)).Should().BeFalse();
        await FluentActions.Awaiting(() => cloud.Emulator.RemoveInterfaceAsync(cloud.Emulator.Interfaces[0].Id)).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public void Latency_with_a_tail_has_its_share_there_and_none_beyond()
    {
        var range = LatencyRange.Seconds(1, 2).WithTail(0.1, TimeSpan.FromSeconds(30));
        var random = new Random(5);

        var picked = Enumerable.Range(0, 20_000).Select(_ => range.Pick(random).TotalSeconds).ToList();

        picked.Should().OnlyContain(s => s >= 1 && s <= 30);
        picked.Count(s => s > 2).Should().BeInRange(1_800, 2_200);
        picked.Max().Should().BeGreaterThan(25);
        var plain = new Random(6);
        var same = new Random(6);
        _ = LatencyRange.Seconds(1, 2).Pick(plain);
        same.NextDouble();
        plain.Next().Should().Be(same.Next(), "a range without a tail takes one number: seeds keep their meaning");
    }
}
