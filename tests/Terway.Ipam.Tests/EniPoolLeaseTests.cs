using Terway.Ipam.States;

namespace Terway.Ipam.Tests;

public class EniPoolLeaseTests
{
    [Fact]
    public async Task Lease_comes_from_an_ENI_of_this_instance_and_is_in_the_store()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();

        var lease = f.Lease(1);

        f.Cloud.FindOwner(f.Vpc, lease.Address).Should().Be(lease.Eni.Id);
        lease.Eni.Subnet.Should().Be(System.Net.IPNetwork.Parse("10.0.0.0/24"));
        f.Cloud.Interfaces.Single(eni => eni.Id == lease.Eni.Id).Attachment!.InstanceId.Should().Be(f.Instance);
        f.Store.Load().Leases.Should().ContainSingle().Which.Should().Be(lease);
        f.Pool.Inspect(lease.Attachment).Should().Be(lease);
    }

    [Fact]
    public async Task Lease_asked_for_again_by_the_same_attachment_is_the_same()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();
        var first = f.Lease(1);

        var again = f.Lease(1);

        again.Should().Be(first);
        f.Pool.TryLease(PoolFixture.Request(1)).Should().Be(first);
    }

    [Fact]
    public async Task Lease_asked_for_twice_at_once_by_the_same_attachment_is_one()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();

        var one = f.Pool.LeaseAsync(PoolFixture.Request(1)).AsTask();
        var other = f.Pool.LeaseAsync(PoolFixture.Request(1)).AsTask();
        f.Pass(5);

        (await one).Should().Be(await other);
        f.Store.Load().Leases.Should().ContainSingle();
    }

    [Fact]
    public async Task New_sandbox_of_the_same_pod_gets_another_address()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();
        var first = f.Lease(1);

        var second = f.Pool.LeaseAsync(PoolFixture.Request(1) with { Attachment = new AttachmentKey("sandbox-1b", "eth0") }).AsTask();
        f.Pass(5);

        (await second).Address.Should().NotBe(first.Address);
    }

    [Fact]
    public async Task Released_address_rests_before_it_is_given_out_again()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();
        var leases = Enumerable.Range(1, 12).Select(f.Lease).ToList();
        f.Pool.Release(leases[0].Attachment).Should().Be(leases[0]);

        var asked = f.Pool.LeaseAsync(PoolFixture.Request(13)).AsTask();
        f.Pass(29);
        var before = asked.IsCompleted;
        f.Pass(2);

        before.Should().BeFalse();
        (await asked).Address.Should().Be(leases[0].Address);
    }

    [Fact]
    public async Task Release_is_idempotent()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();
        var lease = f.Lease(1);

        f.Pool.Release(lease.Attachment).Should().Be(lease);
        f.Pool.Release(lease.Attachment).Should().BeNull();
        f.Pool.Release(new AttachmentKey("never", "seen")).Should().BeNull();
        f.Store.Load().Leases.Should().BeEmpty();
    }

    [Fact]
    public async Task Release_takes_back_a_request_that_still_waits()
    {
        var f = await PoolFixture.CreateAsync(Terway.Cloud.Testing.EmulatorLatencies.Realistic);
        await f.StartAsync();
        var asked = f.Pool.LeaseAsync(PoolFixture.Request(1)).AsTask();

        f.Pool.Release(PoolFixture.Attachment(1)).Should().BeNull();
        f.Pass(20);

        var act = () => asked;
        (await act.Should().ThrowAsync<IpamException>()).Which.Code.Should().Be(IpamErrorCode.LeaseWithdrawn);
        f.Pool.Snapshot().Leases.Should().BeEmpty();
    }

    [Fact]
    public async Task Cancelled_request_leaves_nothing()
    {
        var f = await PoolFixture.CreateAsync(Terway.Cloud.Testing.EmulatorLatencies.Realistic);
        await f.StartAsync();
        using var cancel = new CancellationTokenSource();
        var asked = f.Pool.LeaseAsync(PoolFixture.Request(1), cancel.Token).AsTask();

        await cancel.CancelAsync();
        f.Pass(120);

        asked.IsCanceled.Should().BeTrue();
        f.Pool.Inspect(PoolFixture.Attachment(1)).Should().BeNull();
        f.Pool.Snapshot().Waiting.Should().BeEmpty();
        f.Store.Load().Leases.Should().BeEmpty();
    }

    [Fact]
    public async Task Requests_are_served_in_their_order()
    {
        var f = await PoolFixture.CreateAsync(Terway.Cloud.Testing.EmulatorLatencies.Realistic);
        await f.StartAsync();
        var order = new List<int>();

        var asked = Enumerable.Range(1, 5).Select(async pod =>
        {
            await f.Pool.LeaseAsync(PoolFixture.Request(pod));
            order.Add(pod);
        }).ToList();
        f.Pass(20);

        await Task.WhenAll(asked);
        order.Should().Equal(1, 2, 3, 4, 5);
    }

    [Fact]
    public async Task Burst_shares_its_calls()
    {
        var f = await PoolFixture.CreateAsync(Terway.Cloud.Testing.EmulatorLatencies.Realistic);
        await f.StartAsync();

        var asked = Enumerable.Range(1, 6).Select(pod => f.Pool.LeaseAsync(PoolFixture.Request(pod)).AsTask()).ToList();
        f.Pass(20);

        await Task.WhenAll(asked);
        f.CountCalls("CreateNetworkInterface").Should().Be(1);
        f.CountCalls("AssignPrivateIpAddresses").Should().Be(0);
    }

    [Fact]
    public async Task Payload_is_kept_with_the_lease()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();
        f.Lease(1);

        f.Pool.SetPayload(PoolFixture.Attachment(1), new byte[] { 1, 2, 3 });
        await f.KillAsync();
        await f.StartAsync();

        f.Pool.Inspect(PoolFixture.Attachment(1))!.Payload.ToArray().Should().Equal(1, 2, 3);
        var act = () => f.Pool.SetPayload(PoolFixture.Attachment(2), default);
        act.Should().Throw<IpamException>().Which.Code.Should().Be(IpamErrorCode.LeaseNotFound);
    }

    [Fact]
    public async Task Collection_releases_what_no_valid_attachment_holds_and_keeps_what_is_younger_than_the_list()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();
        f.Lease(1);
        f.Lease(2);
        f.Pass(1);
        var taken = f.Time.GetUtcNow();
        f.Pass(1);
        f.Lease(3);

        var result = f.Pool.Collect(new HashSet<AttachmentKey> { PoolFixture.Attachment(1) }, taken);

        result.Released.Select(lease => lease.Attachment).Should().Equal(PoolFixture.Attachment(2));
        result.Kept.Should().Be(2);
        f.Pool.Inspect(PoolFixture.Attachment(3)).Should().NotBeNull();
    }

    [Fact]
    public async Task Request_for_a_family_that_the_pool_lacks_is_refused()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();

        var act = () => f.Pool.TryLease(PoolFixture.Request(1) with { Families = AddressFamilies.DualStack });

        act.Should().Throw<IpamException>().Which.Code.Should().Be(IpamErrorCode.FamilyUnsupported);
    }

    [Fact]
    public async Task Pool_that_was_not_recovered_gives_nothing()
    {
        var f = await PoolFixture.CreateAsync();
        await using var pool = new EniPool(new EniPoolOptions(), f.Cloud.CreateEniApi(), f.Cloud.CreateInstanceMetadata(f.Instance), f.Store);

        var act = () => pool.TryLease(PoolFixture.Request(1));

        act.Should().Throw<IpamException>().Which.Code.Should().Be(IpamErrorCode.PoolRecovering);
        pool.CanLease().Fault!.Code.Should().Be(IpamErrorCode.PoolRecovering);
    }

    [Fact]
    public async Task Disposed_pool_fails_those_who_wait_and_keeps_its_leases()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();
        f.Lease(1);
        f.Cloud.FaultPolicy = _ => Terway.Cloud.Testing.EmulatedFault.Throttle;
        var asked = Enumerable.Range(2, 8).Select(pod => f.Pool.LeaseAsync(PoolFixture.Request(pod)).AsTask()).ToList();
        f.Pass(1);

        await f.Pool.DisposeAsync();

        foreach (var waiting in asked)
        {
            var act = () => waiting;
            (await act.Should().ThrowAsync<IpamException>()).Which.Code.Should().Be(IpamErrorCode.PoolStopping);
        }

        f.Store.Load().Leases.Should().ContainSingle();
    }

    [Fact]
    public async Task Snapshot_shows_ENIs_addresses_and_pods()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync(options => options.MinPoolSize = 2);
        var lease = f.Lease(1);
        f.Pass(2);

        var shown = f.Pool.Snapshot();

        var eni = shown.Enis.Should().ContainSingle().Which;
        eni.State.Should().Be(EniState.InUse);
        eni.Addresses.Single(address => address.Address.Equals(lease.Address)).Pod.Should().Be(lease.Pod);
        eni.Addresses.Count(address => address.State == AddressState.Idle).Should().Be(2);
        (shown.MaxEnis, shown.AddressesPerEni).Should().Be((2, 6));
        shown.Faults.Should().BeEmpty();
    }
}
