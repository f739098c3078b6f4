using Terway.Cloud.Testing;
using Terway.Testing;

namespace Terway.Cloud.Tests.Emulator;

public class IdempotencyAndFaultTests
{
    [Fact]
    public async Task Same_token_and_parameters_give_the_first_result()
    {
        using var cloud = await TestCloud.CreateAsync();
        var request = cloud.NewEni(secondary: 2) with { ClientToken = new ClientToken("token-1") };

        var first = await cloud.Api.CreateNetworkInterfaceAsync(request);
        var again = await cloud.Api.CreateNetworkInterfaceAsync(request);

        again.Value.Should().Be(first.Value);
        again.RequestId.Should().NotBe(first.RequestId);
        cloud.Emulator.Interfaces.Where(e => e.Type == EniType.Secondary).Should().ContainSingle();
    }

    [Fact]
    public async Task Same_token_with_other_parameters_is_refused()
    {
        using var cloud = await TestCloud.CreateAsync(new CloudEmulatorOptions { TokenMismatchCode = "IdempotentFailed" });
        var request = cloud.NewEni() with { ClientToken = new ClientToken("token-1") };
        await cloud.Api.CreateNetworkInterfaceAsync(request);

        var failure = await Errors.OfAsync(() => cloud.Api.CreateNetworkInterfaceAsync(request with { SecondaryIpAddressCount = 1 }));

        failure.Code.Should().Be("IdempotentFailed");
        failure.IsTransient.Should().BeFalse();
    }

    [Fact]
    public async Task Token_of_a_running_call_says_so_and_one_of_a_refused_call_is_free()
    {
        var time = new FakeTimeProvider();
        using var cloud = await TestCloud.CreateAsync(new CloudEmulatorOptions
        {
            TimeProvider = time,
            Latencies = new EmulatorLatencies { Create = LatencyRange.Seconds(1, 1) },
        });
        var request = cloud.NewEni(vSwitch: cloud.Small, secondary: 9) with { ClientToken = new ClientToken("token-1") };

        var first = cloud.Api.CreateNetworkInterfaceAsync(request);
        var second = cloud.Api.CreateNetworkInterfaceAsync(request);
        time.Advance(TimeSpan.FromSeconds(1));

        (await Errors.OfAsync(() => second)).Code.Should().Be("LastTokenProcessing");
        (await Errors.OfAsync(() => first)).Kind.Should().Be(CloudErrorKind.VSwitchFull);
        var other = cloud.Api.CreateNetworkInterfaceAsync(request with { SecondaryIpAddressCount = 1 });
        time.Advance(TimeSpan.FromSeconds(1));
        await other;
    }

    [Fact]
    public async Task Lost_reply_has_happened_and_lost_request_has_not()
    {
        using var cloud = await TestCloud.CreateAsync();
        var before = cloud.Emulator.Interfaces.Length;

        cloud.Emulator.FaultPolicy = call => call.IsRead ? null : EmulatedFault.LoseReply;
        var lostReply = await Errors.OfAsync(() => cloud.Api.CreateNetworkInterfaceAsync(cloud.NewEni()));
        cloud.Emulator.FaultPolicy = call => call.IsRead ? null : EmulatedFault.LoseRequest;
        var lostRequest = await Errors.OfAsync(() => cloud.Api.CreateNetworkInterfaceAsync(cloud.NewEni()));

        lostReply.Kind.Should().Be(CloudErrorKind.Ambiguous);
        lostRequest.Kind.Should().Be(CloudErrorKind.Ambiguous, "a caller cannot tell the two apart");
        cloud.Emulator.Interfaces.Should().HaveCount(before + 1);
    }

    [Fact]
    public async Task Failed_transitions_leave_what_the_cloud_leaves()
    {
        using var cloud = await TestCloud.CreateAsync();
        var eni = await cloud.CreateEniAsync();
        cloud.Emulator.FaultPolicy = _ => EmulatedFault.FailTransition;

        await cloud.Api.AttachNetworkInterfaceAsync(new(eni.Id, cloud.Instance));
        cloud.Now(eni.Id).Should().Be(eni, "a failed attach falls back to Available");

        cloud.Emulator.FaultPolicy = null;
        await cloud.Api.AttachNetworkInterfaceAsync(new(eni.Id, cloud.Instance));
        cloud.Emulator.FaultPolicy = _ => EmulatedFault.FailTransition;
        await cloud.Api.DetachNetworkInterfaceAsync(new(eni.Id, cloud.Instance));
        cloud.Now(eni.Id).Status.Should().Be(EniStatus.Detaching);

        cloud.Emulator.FaultPolicy = null;
        await cloud.Api.DetachNetworkInterfaceAsync(new(eni.Id, cloud.Instance));
        cloud.Now(eni.Id).Status.Should().Be(EniStatus.Available, "a detach that hangs may be sent again");
    }

    [Fact]
    public async Task Action_is_throttled_until_the_next_minute()
    {
        var time = new FakeTimeProvider();
        using var cloud = await TestCloud.CreateAsync(new CloudEmulatorOptions
        {
            TimeProvider = time,
            ActionLimits = new Dictionary<string, int> { ["CreateNetworkInterface"] = 2 },
        });
        await cloud.CreateEniAsync();
        await cloud.CreateEniAsync();

        var failure = await Errors.OfAsync(() => cloud.CreateEniAsync());
        await cloud.Api.FindVSwitchAsync(cloud.VSwitch);
        time.Advance(TimeSpan.FromMinutes(1));
        await cloud.CreateEniAsync();

        failure.IsThrottled.Should().BeTrue();
        failure.Code.Should().StartWith("Throttling");
    }

    [Fact]
    public void Random_faults_repeat_with_their_seed_and_keep_their_shares()
    {
        var call = new EmulatedCall(1, "CreateNetworkInterface", new object(), FakeTimeProvider.Start);
        RandomFaults Policy(int seed) => new(seed) { LoseReply = 0.1, LoseRequest = 0.1, Throttle = 0.1, Delay = 0.1, MaxDelay = TimeSpan.FromSeconds(5) };
        List<EmulatedFault?> Roll(RandomFaults policy) => [.. Enumerable.Range(0, 10_000).Select(_ => policy.Decide(call))];

        var one = Roll(Policy(3));

        one.Should().Equal(Roll(Policy(3)));
        one.Count(f => f is null).Should().BeInRange(5_700, 6_300);
        one.Count(f => f == EmulatedFault.LoseReply).Should().BeInRange(850, 1_150);
        one.OfType<EmulatedFault>().Max(f => f.ExtraDelay).Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(5)).And.BeGreaterThan(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Every_call_is_seen_with_its_outcome()
    {
        var seen = new List<EmulatedCallRecord>();
        using var cloud = await TestCloud.CreateAsync(new CloudEmulatorOptions { OnCall = seen.Add });

        await cloud.CreateEniAsync();
        await Errors.OfAsync(() => cloud.Api.DeleteNetworkInterfaceAsync(new EniId("eni-none")));

        seen.Select(r => (r.Call.Action, r.ErrorCode)).Should().Equal(("CreateNetworkInterface", null), ("DeleteNetworkInterface", "InvalidEniId.NotFound"));
    }
}
