using System.Net;
using System.Net.Sockets;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Ipam.States;
using Terway.Ipam.Store;

namespace Terway.Ipam.Tests;

/// <summary>Both families together or not at all.</summary>
public class EniPoolDualStackTests
{
    private static readonly IPNetwork Subnet6 = IPNetwork.Parse("2408:4005:0:1::/64");

    [Fact]
    public async Task Lease_has_an_address_of_each_family_of_one_ENI_and_both_survive_a_restart()
    {
        var f = await CreateAsync();

        var lease = await LeaseAsync(f, 1);
        await f.KillAsync();
        await StartAsync(f);

        lease.Families.Should().Be(AddressFamilies.DualStack);
        f.Cloud.FindOwner(f.Vpc, lease.IPv4!).Should().Be(lease.Eni.Id);
        f.Cloud.FindOwner(f.Vpc, lease.IPv6!).Should().Be(lease.Eni.Id);
        (lease.Eni.Subnet, lease.Eni.Subnet6).Should().Be((IPNetwork.Parse("10.0.0.0/24"), Subnet6));
        f.Pool.Inspect(lease.Attachment).Should().BeEquivalentTo(lease);
    }

    [Fact]
    public async Task Released_pair_rests_and_comes_back_as_addresses_of_both_families()
    {
        var f = await CreateAsync();
        await StartAsync(f);
        var leases = new List<Lease>();
        for (var pod = 1; pod <= 12; pod++)
            leases.Add(await LeaseAsync(f, pod));
        f.Pool.Release(leases[4].Attachment);

        var asked = f.Pool.LeaseAsync(Request(13)).AsTask();
        f.Pass(29);
        var early = asked.IsCompleted;
        f.Pass(2);

        early.Should().BeFalse();
        ((await asked).IPv4, (await asked).IPv6).Should().Be((leases[4].IPv4, leases[4].IPv6));
    }

    [Fact]
    public async Task Family_that_cannot_be_had_keeps_the_pod_waiting_with_nothing_and_shows_which_it_is()
    {
        var f = await CreateAsync();
        f.Cloud.FaultPolicy = call => call.Action == "AssignIpv6Addresses" ? EmulatedFault.Throttle : null;
        var first = await LeaseAsync(f, 1);

        var asked = f.Pool.LeaseAsync(Request(2)).AsTask();
        f.Pass(20);
        var waiting = f.Pool.Snapshot();
        var held = f.Pool.Inspect(PoolFixture.Attachment(2));
        f.Cloud.FaultPolicy = null;
        f.Pass(30);

        var waiter = waiting.Waiting.Should().ContainSingle().Which;
        (waiter.Families, waiter.Lacks).Should().Be((AddressFamilies.DualStack, AddressFamilies.IPv6));
        waiting.Faults.Should().Contain(fault => fault.Operation == "AssignIpv6Addresses");
        held.Should().BeNull("an address of one family alone is given to nobody");
        var lease = await asked;
        lease.Families.Should().Be(AddressFamilies.DualStack);
        f.OwnEnis.Single().Ipv6Addresses.Should().BeEquivalentTo([first.IPv6!, lease.IPv6!], "what the first call brought was used, not assigned anew");
        f.OwnEnis.Single().SecondaryIpAddresses.Should().HaveCount(1);
    }

    [Fact]
    public async Task Addresses_without_a_partner_are_given_back_when_nobody_waits()
    {
        var f = await CreateAsync();
        f.Cloud.FaultPolicy = call => call.Action == "AssignIpv6Addresses" ? EmulatedFault.Refuse(403, "Forbidden.RAM") : null;
        await LeaseAsync(f, 1);
        var asked = f.Pool.LeaseAsync(Request(2)).AsTask();
        f.Pass(30);

        var act = () => asked;
        (await act.Should().ThrowAsync<IpamException>()).Which.Code.Should().Be(IpamErrorCode.PermissionDenied);
        f.CountCalls("AssignPrivateIpAddresses").Should().Be(1);
        f.OwnEnis.Single().SecondaryIpAddresses.Should().BeEmpty("what has no partner is of no use");
    }

    [Fact]
    public async Task Marks_count_pairs_and_trimming_keeps_the_families_balanced()
    {
        var f = await CreateAsync();
        await StartAsync(f, options =>
        {
            options.MinPoolSize = 2;
            options.MaxPoolSize = 3;
        });
        var leases = new List<Lease>();
        for (var pod = 1; pod <= 9; pod++)
            leases.Add(await LeaseAsync(f, pod));

        leases.ForEach(lease => f.Pool.Release(lease.Attachment));
        f.Pass(200);

        var idle = f.Pool.Snapshot().Enis.SelectMany(eni => eni.Addresses).Where(address => address.State == AddressState.Idle).ToList();
        idle.Count(address => address.Address.AddressFamily == AddressFamily.InterNetwork).Should().BeInRange(2, 3);
        idle.Count(address => address.Address.AddressFamily == AddressFamily.InterNetworkV6).Should().BeInRange(2, 3);
    }

    [Fact]
    public async Task Burst_of_more_than_an_IPv6_call_takes_is_served_within_the_limits()
    {
        var f = await CreateAsync("ecs.g7.4xlarge");
        await StartAsync(f);

        var asked = Enumerable.Range(1, 60).Select(pod => f.Pool.LeaseAsync(Request(pod)).AsTask()).ToList();
        f.Pass(60);

        (await Task.WhenAll(asked)).SelectMany(lease => new[] { lease.IPv4, lease.IPv6 }).Should().OnlyHaveUniqueItems();
        f.OwnEnis.Should().OnlyContain(eni => eni.Ipv6Addresses.Count <= 30 && eni.SecondaryIpAddresses.Count < 30);
    }

    [Fact]
    public async Task IPv6_address_that_vanishes_under_a_pod_is_reported_and_the_pair_is_not_split()
    {
        var f = await CreateAsync();
        var lease = await LeaseAsync(f, 1);
        f.Pass(60);

        await f.Cloud.CreateEniApi().UnassignIpv6AddressesAsync(new UnassignIpv6AddressesRequest { EniId = lease.Eni.Id, Addresses = [lease.IPv6!] });
        f.Pass(180);
        var faults = f.Pool.Snapshot().Faults;
        f.Pool.Release(lease.Attachment);
        f.Pass(60);

        faults.Should().ContainSingle().Which.Subject.Should().Contain(lease.IPv6!.ToString());
        f.Pool.Snapshot().Faults.Should().BeEmpty();
    }

    [Fact]
    public async Task VSwitch_without_IPv6_is_not_used()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync(options => options.Families = AddressFamilies.DualStack);
        var asked = f.Pool.LeaseAsync(Request(1)).AsTask();
        f.Pass(30);

        var act = () => asked;
        var error = (await act.Should().ThrowAsync<IpamException>()).Which;
        error.Code.Should().Be(IpamErrorCode.VSwitchExhausted);
        error.Message.Should().Contain("IPv6");
        f.OwnEnis.Should().BeEmpty();
    }

    [Fact]
    public async Task Instance_type_without_IPv6_is_a_clear_error()
    {
        var f = await CreateAsync("ecs.g5.xlarge");
        await StartAsync(f);

        var asked = f.Pool.LeaseAsync(Request(1)).AsTask();
        f.Pass(30);

        var act = () => asked;
        (await act.Should().ThrowAsync<IpamException>()).Which.Message.Should().Contain("ecs.g5.xlarge").And.Contain("no IPv6 addresses");
    }

    [Fact]
    public async Task Lost_store_finds_both_addresses_of_a_pod_in_the_kernel()
    {
        var f = await CreateAsync();
        var lease = await LeaseAsync(f, 1);
        await f.KillAsync();
        f.Store = new InMemoryLeaseStore();

        await StartAsync(f, null, new ObservedAttachment(lease.IPv6!, lease.Attachment), new ObservedAttachment(lease.IPv4!, lease.Attachment));
        f.Pass(5);

        var found = f.Pool.Inspect(lease.Attachment)!;
        (found.IPv4, found.IPv6).Should().Be((lease.IPv4, lease.IPv6));
        f.Store.Load().Leases.Should().ContainSingle().Which.IPv6.Should().Be(lease.IPv6);
    }

    private static LeaseRequest Request(int pod) => PoolFixture.Request(pod);

    private static async Task<PoolFixture> CreateAsync(string type = "ecs.g7.large") => await PoolFixture.CreateAsync(null, type, Subnet6);

    private static async Task<Lease> LeaseAsync(PoolFixture f, int pod)
    {
        if (f.Pool is null)
            await StartAsync(f);
        var asked = f.Pool!.LeaseAsync(Request(pod)).AsTask();
        for (var i = 0; i < 400 && !asked.IsCompleted; i++)
            f.Time.Advance(TimeSpan.FromMilliseconds(100));
        return await asked;
    }

    private static Task StartAsync(PoolFixture f, Action<EniPoolOptions>? configure = null, params ObservedAttachment[] observed) => f.StartAsync(
        options =>
        {
            options.Families = AddressFamilies.DualStack;
            configure?.Invoke(options);
        },
        observed);
}
