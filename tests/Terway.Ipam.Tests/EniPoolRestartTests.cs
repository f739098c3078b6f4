using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Ipam.States;
using Terway.Ipam.Store;

namespace Terway.Ipam.Tests;

public class EniPoolRestartTests
{
    [Fact]
    public async Task Restart_keeps_leases_and_makes_no_API_call()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync(options => options.MinPoolSize = 1);
        var lease = f.Lease(1);
        f.Pass(300);
        await f.KillAsync();
        var before = f.CallCount;

        await f.StartAsync(options => options.MinPoolSize = 1);
        f.Pass(10);

        f.Pool.Inspect(lease.Attachment).Should().BeEquivalentTo(lease);
        f.Lease(1).Address.Should().Be(lease.Address);
        f.CallCount.Should().Be(before);
    }

    [Fact]
    public async Task Rest_goes_on_after_a_restart()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();
        var leases = Enumerable.Range(1, 12).Select(f.Lease).ToList();
        f.Pass(300);
        f.Pool.Release(leases[3].Attachment);
        f.Pass(10);
        await f.KillAsync();
        await f.StartAsync();

        var asked = f.Pool.LeaseAsync(PoolFixture.Request(13)).AsTask();
        f.Pass(19);
        var before = asked.IsCompleted;
        f.Pass(2);

        before.Should().BeFalse();
        (await asked).Address.Should().Be(leases[3].Address);
    }

    [Fact]
    public async Task Creation_whose_answer_is_lost_is_found_and_not_repeated()
    {
        var f = await PoolFixture.CreateAsync();
        var lost = false;
        f.Cloud.FaultPolicy = call => call.Action == "CreateNetworkInterface" && !lost && (lost = true) ? EmulatedFault.LoseReply : null;
        await f.StartAsync();

        f.Lease(1).Should().NotBeNull();

        f.OwnEnis.Should().ContainSingle();
    }

    [Fact]
    public async Task Creation_cut_off_by_the_end_of_the_program_is_found_after_the_restart()
    {
        var f = await PoolFixture.CreateAsync(EmulatorLatencies.Realistic);
        await f.StartAsync();
        _ = f.Pool.LeaseAsync(PoolFixture.Request(1)).AsTask();
        for (var i = 0; i < 200 && f.Store.Load().Enis.IsEmpty; i++)
            f.Time.Advance(TimeSpan.FromMilliseconds(5));
        await f.KillAsync();
        f.OwnEnis.Should().BeEmpty("the call is under way");
        f.Pass(2);

        await f.StartAsync();
        f.Lease(1);

        f.OwnEnis.Should().ContainSingle();
    }

    [Fact]
    public async Task Lost_store_is_made_up_from_the_cloud_and_the_kernel()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();
        var known = f.Lease(1);
        var unknown = f.Lease(2);
        f.Lease(3);
        f.Pass(60);
        await f.KillAsync();
        f.Store = new InMemoryLeaseStore();

        await f.StartAsync(null, new ObservedAttachment(known.Address, known.Attachment), new ObservedAttachment(unknown.Address));
        f.Pass(5);

        f.Pool.Inspect(known.Attachment)!.Address.Should().Be(known.Address);
        f.OwnEnis.Should().ContainSingle("the ENI was found by its tags");
        var held = f.Pool.Snapshot().Enis.SelectMany(eni => eni.Addresses).Where(address => address.State == AddressState.Leased).Select(address => address.Address);
        held.Should().BeEquivalentTo([known.Address, unknown.Address]);
        f.Store.Load().Leases.Should().HaveCount(2);
    }

    [Fact]
    public async Task Addresses_of_unknown_age_are_ready_before_a_request_for_them_gives_up()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();
        var leases = Enumerable.Range(1, 12).Select(f.Lease).ToList();
        await f.KillAsync();
        f.Store = new InMemoryLeaseStore();
        await f.StartAsync(null, [.. leases.Skip(1).Select(lease => new ObservedAttachment(lease.Address, lease.Attachment))]);

        var asked = f.Pool.LeaseAsync(PoolFixture.Request(13)).AsTask();
        f.Pass(60);
        var early = asked.IsCompleted;
        f.Pass(49);

        early.Should().BeFalse("a call of the earlier life may still take the address away");
        (await asked).Address.Should().Be(leases[0].Address);
    }

    [Fact]
    public async Task Address_that_only_the_kernel_showed_is_released_when_the_kernel_shows_it_no_more()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();
        var lease = f.Lease(1);
        f.Pass(60);
        await f.KillAsync();
        f.Store = new InMemoryLeaseStore();
        await f.StartAsync(null, new ObservedAttachment(lease.Address));
        f.Pass(5);

        f.Pool.Collect(new HashSet<AttachmentKey>()).Released.Should().BeEmpty("a list of attachments says nothing about it");
        f.Pool.Observe([]);

        f.Pool.Snapshot().Leases.Should().BeEmpty();
    }

    [Fact]
    public async Task Store_of_another_instance_is_refused()
    {
        var f = await PoolFixture.CreateAsync();
        f.Store.Commit([new LedgerChange.PutNode(new StoredNode
        {
            Instance = new InstanceId("i-other"),
            InstanceType = new InstanceTypeId("ecs.g7.large"),
            EniQuantity = 3,
            Ipv4PerEni = 6,
            Ipv6PerEni = 6,
        })]);

        var act = () => f.StartAsync();

        (await act.Should().ThrowAsync<IpamException>()).Which.Code.Should().Be(IpamErrorCode.StoreForeign);
    }

    [Fact]
    public async Task Leftover_ENI_is_used_when_wanted_and_deleted_when_not()
    {
        var f = await PoolFixture.CreateAsync();
        var api = f.Cloud.CreateEniApi();
        await api.CreateNetworkInterfaceAsync(new CreateNetworkInterfaceRequest
        {
            VSwitchId = f.VSwitches[0],
            SecurityGroupIds = f.Cloud.Interfaces[0].SecurityGroupIds,
            Tags = [new ResourceTag("creator", "terway"), new ResourceTag("terway-instance", f.Instance.Value)],
        });

        await f.StartAsync();
        f.Pass(30);

        f.OwnEnis.Should().BeEmpty();
    }

    [Fact]
    public async Task Address_that_vanishes_under_a_pod_is_reported_and_not_given_to_another()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();
        var leases = Enumerable.Range(1, 3).Select(f.Lease).ToList();
        var stolen = leases.First(lease => !lease.Address.Equals(lease.Eni.PrimaryAddress));
        f.Pass(60);

        await f.Cloud.CreateEniApi().UnassignPrivateIpAddressesAsync(new UnassignPrivateIpAddressesRequest { EniId = stolen.Eni.Id, Addresses = [stolen.Address] });
        f.Pass(90);

        var shown = f.Pool.Snapshot();
        shown.Faults.Should().ContainSingle().Which.Code.Should().Be(IpamErrorCode.AddressLost);
        shown.Enis[0].Addresses.Single(address => address.Address.Equals(stolen.Address)).State.Should().Be(AddressState.Lost);
        f.Pool.Release(stolen.Attachment);
        f.Pool.Snapshot().Faults.Should().BeEmpty();
    }

    [Fact]
    public async Task Address_that_vanishes_while_pods_come_and_go_quickly_is_noticed()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync(options => options.Rest = TimeSpan.Zero);
        f.Lease(1);
        var stolen = f.Lease(2);
        f.Pass(60);

        await f.Cloud.CreateEniApi().UnassignPrivateIpAddressesAsync(new UnassignPrivateIpAddressesRequest { EniId = stolen.Eni.Id, Addresses = [stolen.Address] });
        for (var pod = 2; pod < 40; pod++)
        {
            f.Pool.Release(PoolFixture.Attachment(pod));
            f.Lease(pod + 1);
            f.Pass(5);
        }

        f.Pool.Inspect(PoolFixture.Attachment(40))!.Address.Should().NotBe(stolen.Address);
    }

    [Fact]
    public async Task ENI_that_is_detached_under_pods_is_reported_and_found_again_when_they_are_gone()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();
        var lease = f.Lease(1);
        f.Pass(60);

        await f.Cloud.CreateEniApi().DetachNetworkInterfaceAsync(new DetachNetworkInterfaceRequest(lease.Eni.Id, f.Instance));
        f.Pass(90);
        var faults = f.Pool.Snapshot().Faults.Select(fault => fault.Code).ToList();
        f.Pool.Release(lease.Attachment);
        f.Pass(120);

        faults.Should().Contain(IpamErrorCode.EniLost);
        f.OwnEnis.Should().BeEmpty("the detached ENI is the pool's, and nobody wants it");
        f.Pool.Snapshot().Faults.Should().BeEmpty();
    }

    [Fact]
    public async Task Link_that_never_comes_gives_the_ENI_back()
    {
        var f = await PoolFixture.CreateAsync();
        f.Links = new NoLink();
        await f.StartAsync();
        var asked = f.Pool.LeaseAsync(PoolFixture.Request(1)).AsTask();

        f.Pass(40);
        var fault = f.Pool.Snapshot().Faults.FirstOrDefault(fault => fault.Code == IpamErrorCode.EniNotReady);
        f.Pass(80);

        fault!.Reason.Should().Contain("no link with that MAC");
        f.CountCalls("DetachNetworkInterface").Should().BePositive();
        asked.IsFaulted.Should().BeTrue();
    }

    private sealed class NoLink : INodeLinks
    {
        public ValueTask PrepareAsync(LeaseEni eni, CancellationToken cancellationToken) => throw new IOException("no link with that MAC");

        public ValueTask RemoveAsync(LeaseEni eni, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
