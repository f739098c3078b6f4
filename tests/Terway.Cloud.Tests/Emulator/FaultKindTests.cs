using Terway.Cloud.Testing;
using Terway.Testing;

namespace Terway.Cloud.Tests.Emulator;

/// <summary>What each kind of fault does, in memory and in virtual time.</summary>
public class FaultKindTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Time_out_happens_at_its_time_and_is_told_when_the_caller_would_give_up()
    {
        using var cloud = await CloudAsync();
        var before = cloud.Emulator.Interfaces.Length;
        Once(cloud, EmulatedFault.TimeOut(TimeSpan.FromSeconds(20)));

        var call = cloud.Api.CreateNetworkInterfaceAsync(cloud.NewEni());
        cloud.Emulator.Interfaces.Should().HaveCount(before + 1, "the effect is there at once");
        _time.Advance(TimeSpan.FromSeconds(19));
        call.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        (await Errors.OfAsync(() => call)).Should().Match<CloudApiException>(f => f.Kind == CloudErrorKind.Ambiguous && f.Code == "Client.Timeout");
    }

    [Fact]
    public async Task Duplicate_without_a_token_is_carried_out_twice_and_the_second_answer_counts()
    {
        using var cloud = await CloudAsync();
        var eni = await cloud.CreateAttachedEniAsync();
        Once(cloud, EmulatedFault.Duplicate);

        var assigned = (await cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = 2 })).Value;
        cloud.Now(eni.Id).SecondaryIpAddresses.Should().HaveCount(4).And.Contain(assigned.Addresses);

        Once(cloud, EmulatedFault.Duplicate);
        var failure = await Errors.OfAsync(() => cloud.Api.UnassignPrivateIpAddressesAsync(new() { EniId = eni.Id, Addresses = assigned.Addresses }));
        failure.Kind.Should().Be(CloudErrorKind.NotFound, "the first copy took them");
        cloud.Now(eni.Id).SecondaryIpAddresses.Should().HaveCount(2);
    }

    [Fact]
    public async Task Duplicate_with_a_token_makes_one_thing()
    {
        using var cloud = await CloudAsync();
        var before = cloud.Emulator.Interfaces.Length;
        Once(cloud, EmulatedFault.Duplicate);

        await cloud.Api.CreateNetworkInterfaceAsync(cloud.NewEni() with { ClientToken = new("token-1") });

        cloud.Emulator.Interfaces.Should().HaveCount(before + 1);
    }

    [Fact]
    public async Task Refusal_after_the_effect_has_happened()
    {
        using var cloud = await CloudAsync();
        var eni = await cloud.CreateEniAsync();
        Once(cloud, EmulatedFault.RefuseAfterEffect(500, "InternalError"));

        (await Errors.OfAsync(() => cloud.Api.DeleteNetworkInterfaceAsync(eni.Id))).Kind.Should().Be(CloudErrorKind.Ambiguous);

        cloud.Emulator.Interfaces.Should().NotContain(e => e.Id == eni.Id);
    }

    [Fact]
    public async Task Stale_describe_shows_what_was_and_not_what_is()
    {
        using var cloud = await CloudAsync();
        var old = await cloud.CreateEniAsync();
        _time.Advance(TimeSpan.FromSeconds(10));
        var young = await cloud.CreateAttachedEniAsync();
        await cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = old.Id, Count = 1 });
        await cloud.Api.AssignIpv6AddressesAsync(new() { EniId = old.Id, Count = 1 });
        _time.Advance(TimeSpan.FromSeconds(2));
        cloud.Emulator.Faults.Add(new FaultRule { Fault = EmulatedFault.Stale(TimeSpan.FromSeconds(5)), Action = "DescribeNetworkInterface*", Times = 2 });

        var shown = await cloud.Api.ListNetworkInterfacesAsync(new());
        var attribute = await Errors.OfAsync(() => cloud.Api.DescribeNetworkInterfaceAttributeAsync(young.Id, EniAttribute.Basic));

        shown.Should().Contain(old).And.NotContain(e => e.Id == young.Id);
        attribute.Kind.Should().Be(CloudErrorKind.NotFound);
        (await cloud.Api.ListNetworkInterfacesAsync(new())).Should().Equal(cloud.Emulator.Interfaces, "the fault is over");
    }

    [Fact]
    public async Task Stale_describe_still_shows_what_was_deleted()
    {
        using var cloud = await CloudAsync();
        var eni = await cloud.CreateEniAsync();
        _time.Advance(TimeSpan.FromSeconds(3));
        await cloud.Api.DeleteNetworkInterfaceAsync(eni.Id);
        Once(cloud, EmulatedFault.Stale(TimeSpan.FromSeconds(1)));

        (await cloud.Api.FindNetworkInterfaceAsync(eni.Id)).Should().Be(eni);
        (await cloud.Api.FindNetworkInterfaceAsync(eni.Id)).Should().BeNull();
    }

    [Fact]
    public async Task Lag_of_describes_is_a_latency_too()
    {
        using var cloud = await CloudAsync();
        cloud.Emulator.Latencies = EmulatorLatencies.None with { DescribeLag = LatencyRange.Seconds(2, 2) };
        var eni = await cloud.CreateEniAsync();

        (await cloud.Api.FindNetworkInterfaceAsync(eni.Id)).Should().BeNull();
        _time.Advance(TimeSpan.FromSeconds(2));
        (await cloud.Api.FindNetworkInterfaceAsync(eni.Id)).Should().Be(eni);
    }

    [Fact]
    public async Task Transition_that_sticks_stays_until_it_is_completed_or_sent_again()
    {
        using var cloud = await CloudAsync();
        var eni = await cloud.CreateEniAsync();
        Once(cloud, EmulatedFault.StickTransition());
        await cloud.Api.AttachNetworkInterfaceAsync(new(eni.Id, cloud.Instance));
        _time.Advance(TimeSpan.FromHours(1));
        cloud.Now(eni.Id).Status.Should().Be(EniStatus.Attaching);

        cloud.Emulator.CompleteTransition(eni.Id).Should().BeTrue();
        cloud.Now(eni.Id).Status.Should().Be(EniStatus.InUse);
        cloud.Emulator.CompleteTransition(eni.Id).Should().BeFalse();

        Once(cloud, EmulatedFault.StickTransition());
        await cloud.Api.DetachNetworkInterfaceAsync(new(eni.Id, cloud.Instance));
        _time.Advance(TimeSpan.FromHours(1));
        cloud.Now(eni.Id).Status.Should().Be(EniStatus.Detaching);
        await cloud.Api.DetachNetworkInterfaceAsync(new(eni.Id, cloud.Instance));
        cloud.Now(eni.Id).Status.Should().Be(EniStatus.Available);
    }

    [Fact]
    public async Task Transition_that_sticks_for_a_time_completes_after_it()
    {
        using var cloud = await CloudAsync();
        var eni = await cloud.CreateEniAsync();
        Once(cloud, EmulatedFault.StickTransition(TimeSpan.FromMinutes(3)));

        await cloud.Api.AttachNetworkInterfaceAsync(new(eni.Id, cloud.Instance));
        _time.Advance(TimeSpan.FromMinutes(3) - TimeSpan.FromTicks(1));
        cloud.Now(eni.Id).Status.Should().Be(EniStatus.Attaching);
        _time.Advance(TimeSpan.FromTicks(1));

        cloud.Now(eni.Id).Status.Should().Be(EniStatus.InUse);
    }

    [Fact]
    public async Task Faults_of_the_metadata_service_strike_only_there()
    {
        using var cloud = await CloudAsync();
        var metadata = cloud.Emulator.CreateInstanceMetadata(cloud.Instance);
        cloud.Emulator.Faults.Add(new FaultRule { Fault = EmulatedFault.Refuse(503, "-"), Action = FaultRule.MetadataAction, Times = 1 });
        cloud.Emulator.Faults.Add(new FaultRule { Fault = EmulatedFault.Delay(TimeSpan.FromSeconds(5)), Action = FaultRule.MetadataAction, Times = 1 });
        await cloud.CreateEniAsync();

        (await Errors.OfAsync(() => metadata.GetMacAddressesAsync())).Kind.Should().Be(CloudErrorKind.Retryable);
        var late = metadata.GetMacAddressesAsync();
        late.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(5));

        (await late).Should().HaveCount(1);
        (await metadata.GetMacAddressesAsync()).Should().HaveCount(1);
    }

    [Fact]
    public async Task Every_call_is_in_the_journal_with_what_struck_it()
    {
        using var cloud = await CloudAsync(o => o with { JournalCapacity = 3 });
        var rule = cloud.Emulator.Faults.Add(new FaultRule { Fault = EmulatedFault.VSwitchFull, Action = "CreateNetworkInterface", Times = 1 });
        await cloud.Api.FindVSwitchAsync(cloud.VSwitch);
        await Errors.OfAsync(() => cloud.CreateEniAsync());
        await cloud.CreateEniAsync();
        await cloud.Api.FindVSwitchAsync(cloud.VSwitch);

        cloud.Emulator.Calls.Select(c => (c.Call.Action, c.ErrorCode, c.FaultRuleId, c.Fault?.Kind)).Should().Equal(
            ("CreateNetworkInterface", "InvalidVSwitchId.IpNotEnough", rule, "vswitch-full"),
            ("CreateNetworkInterface", null, null, null),
            ("DescribeVSwitches", null, null, null));
    }

    private Task<TestCloud> CloudAsync(Func<CloudEmulatorOptions, CloudEmulatorOptions>? change = null)
    {
        var options = new CloudEmulatorOptions { TimeProvider = _time };
        return TestCloud.CreateAsync(change is null ? options : change(options));
    }

    private static void Once(TestCloud cloud, EmulatedFault fault) => cloud.Emulator.Faults.Add(new FaultRule { Fault = fault, Times = 1 });
}
