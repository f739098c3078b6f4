using Terway.Cloud;
using Terway.Cloud.Testing;

namespace Terway.Ipam.Tests;

public class EniPoolLimitTests
{
    [Fact]
    public async Task Lease_when_pool_is_full_names_the_limit_its_value_and_how_to_raise_it()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();
        for (var pod = 1; pod <= 12; pod++)
            f.Lease(pod);

        var error = f.LeaseFails(13);

        error.Code.Should().Be(IpamErrorCode.PoolExhausted);
        error.Owner.Should().Be(FaultOwner.NodeLimit);
        error.Message.Should().Contain("12 pod addresses").And.Contain("2 ENIs with 6 addresses each").And.Contain("ecs.g7.large").And.Contain("default/pod-13");
        f.Pool.CanLease().Fault!.Code.Should().Be(IpamErrorCode.PoolExhausted);
    }

    [Fact]
    public async Task Lease_when_max_eni_is_reached_names_the_configuration()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync(options => options.MaxEni = 1);
        for (var pod = 1; pod <= 6; pod++)
            f.Lease(pod);

        f.LeaseFails(7).Hint.Should().Contain("max_eni").And.Contain("1 of 2 ENIs");
    }

    [Fact]
    public async Task Foreign_ENI_takes_a_slot_and_is_left_alone()
    {
        var f = await PoolFixture.CreateAsync();
        var api = f.Cloud.CreateEniApi();
        var foreign = (await api.CreateNetworkInterfaceAsync(new CreateNetworkInterfaceRequest
        {
            VSwitchId = f.VSwitches[0],
            SecurityGroupIds = f.Cloud.Interfaces[0].SecurityGroupIds,
        })).Value;
        await api.AttachNetworkInterfaceAsync(new AttachNetworkInterfaceRequest(foreign.Id, f.Instance));
        await f.StartAsync();
        for (var pod = 1; pod <= 6; pod++)
            f.Lease(pod);

        var error = f.LeaseFails(7);
        f.Pass(120);

        error.Reason.Should().Contain("1 of its 2 slots hold ENIs of others");
        f.Pool.Snapshot().ForeignEnis.Should().Equal(foreign.Id);
        f.Cloud.Interfaces.Single(eni => eni.Id == foreign.Id).Status.Should().Be(EniStatus.InUse);
    }

    [Fact]
    public async Task Full_vSwitch_is_left_for_the_next_one()
    {
        var f = await PoolFixture.CreateAsync(null, "ecs.g7.large", "10.0.0.0/29", "10.0.1.0/24");
        await f.StartAsync();

        var leases = Enumerable.Range(1, 6).Select(f.Lease).ToList();

        leases.Select(lease => lease.Eni.VSwitch).Distinct().Should().Equal(f.VSwitches);
        leases.Count(lease => lease.Eni.VSwitch == f.VSwitches[0]).Should().Be(3, "a /29 has 4 addresses, and the instance has one of them");
    }

    [Fact]
    public async Task Lease_when_all_vSwitches_are_full_says_so_and_succeeds_once_one_has_room()
    {
        var f = await PoolFixture.CreateAsync(null, "ecs.g7.large", "10.0.0.0/29");
        var api = f.Cloud.CreateEniApi();
        var other = await api.CreateNetworkInterfaceAsync(new CreateNetworkInterfaceRequest
        {
            VSwitchId = f.VSwitches[0],
            SecurityGroupIds = f.Cloud.Interfaces[0].SecurityGroupIds,
        });
        await f.StartAsync();
        f.Lease(1);
        f.Lease(2);

        var error = f.LeaseFails(4);
        await api.DeleteNetworkInterfaceAsync(other.Value.Id);
        f.Pass(11 * 60);

        error.Code.Should().Be(IpamErrorCode.VSwitchExhausted);
        error.Owner.Should().Be(FaultOwner.VSwitch);
        error.Message.Should().Contain(f.VSwitches[0].Value);
        f.Lease(5).Should().NotBeNull();
    }

    [Fact]
    public async Task Missing_permission_fails_at_once_and_names_the_action()
    {
        var f = await PoolFixture.CreateAsync();
        f.Cloud.FaultPolicy = call => call.Action == "CreateNetworkInterface" ? EmulatedFault.Refuse(403, "Forbidden.RAM") : null;
        await f.StartAsync();

        var error = f.LeaseFails(1);

        error.Code.Should().Be(IpamErrorCode.PermissionDenied);
        error.Owner.Should().Be(FaultOwner.Permission);
        error.Reason.Should().Contain("CreateNetworkInterface").And.Contain("Forbidden.RAM").And.Contain("request ");
        f.CountCalls("CreateNetworkInterface").Should().Be(1, "what is refused for good is not tried again for a while");
    }

    [Fact]
    public async Task Throttled_pool_slows_down_and_gets_there()
    {
        var f = await PoolFixture.CreateAsync();
        var throttled = 4;
        f.Cloud.FaultPolicy = call => call.Action == "CreateNetworkInterface" && throttled-- > 0 ? EmulatedFault.Throttle : null;
        await f.StartAsync();
        var start = f.Time.GetUtcNow();

        f.Lease(1).Should().NotBeNull();

        f.CountCalls("CreateNetworkInterface").Should().Be(5);
        (f.Time.GetUtcNow() - start).Should().BeGreaterThan(TimeSpan.FromSeconds(10), "the pauses are about 1, 2, 4 and 8 s");
        f.Pool.Snapshot().Faults.Should().BeEmpty();
    }

    [Fact]
    public async Task Wait_that_ends_without_an_address_tells_the_last_obstacle()
    {
        var f = await PoolFixture.CreateAsync();
        f.Cloud.FaultPolicy = call => call.Action == "CreateNetworkInterface" ? EmulatedFault.Throttle : null;
        await f.StartAsync(options => options.LeaseTimeout = TimeSpan.FromSeconds(30));

        var error = f.LeaseFails(1);

        error.Code.Should().Match(code => code == IpamErrorCode.LeaseTimeout || code == IpamErrorCode.CloudThrottled);
        error.Message.Should().Contain("Throttling.User");
    }

    [Fact]
    public async Task Queue_of_waiting_requests_is_bounded()
    {
        var f = await PoolFixture.CreateAsync(EmulatorLatencies.Realistic);
        await f.StartAsync(options => options.MaxWaiting = 2);
        _ = f.Pool.LeaseAsync(PoolFixture.Request(1)).AsTask();
        _ = f.Pool.LeaseAsync(PoolFixture.Request(2)).AsTask();

        f.LeaseFails(3).Code.Should().Be(IpamErrorCode.TooManyWaiting);
    }

    [Fact]
    public async Task Low_mark_is_filled_and_high_mark_trimmed_after_the_rest()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync(options =>
        {
            options.MinPoolSize = 2;
            options.MaxPoolSize = 3;
        });
        f.Pass(5);
        var filled = f.OwnEnis.Sum(eni => eni.SecondaryIpAddresses.Count + 1);
        var leases = Enumerable.Range(1, 9).Select(f.Lease).ToList();
        foreach (var lease in leases)
            f.Pool.Release(lease.Attachment);
        f.Pass(20);
        var resting = f.OwnEnis.Sum(eni => eni.SecondaryIpAddresses.Count + 1);
        f.Pass(120);

        filled.Should().Be(2);
        resting.Should().BeGreaterOrEqualTo(9, "resting addresses are not unassigned");
        f.OwnEnis.Sum(eni => eni.SecondaryIpAddresses.Count + 1).Should().BeInRange(2, 3);
        f.OwnEnis.Should().ContainSingle("an ENI that nobody uses is given back as a whole");
    }

    [Fact]
    public async Task Idle_pool_makes_no_API_call_but_the_sweep()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync(options => options.MinPoolSize = 1);
        f.Lease(1);
        f.Pass(600);
        var before = f.CallCount;

        f.Pass(3600);

        (f.CallCount - before).Should().BeLessOrEqualTo(1);
    }

    [Fact]
    public async Task Unusable_instance_type_is_a_clear_error()
    {
        var f = await PoolFixture.CreateAsync(null, "ecs.t1.xsmall");
        await f.StartAsync();

        var error = f.LeaseFails(1);

        error.Code.Should().Be(IpamErrorCode.InstanceTypeUnusable);
        error.Message.Should().Contain("ecs.t1.xsmall");
    }
}
