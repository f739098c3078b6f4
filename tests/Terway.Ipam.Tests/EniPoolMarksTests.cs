using Terway.Ipam.States;

namespace Terway.Ipam.Tests;

/// <summary>How many addresses the pool keeps ready: marks, warm-up, reclaim.</summary>
public class EniPoolMarksTests
{
    [Fact]
    public async Task Low_mark_in_ENIs_keeps_the_addresses_of_so_many_ready_instead_of_min_pool_size()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync(options =>
        {
            options.MinEni = 1;
            options.MinPoolSize = 1;
            options.MaxPoolSize = 9;
        });

        f.Pass(30);

        Ready(f).Should().Be(6, "an ENI of this type has six addresses");
        f.Lease(1);
        f.Pass(30);
        Ready(f).Should().Be(6);
    }

    [Fact]
    public async Task Low_mark_in_ENIs_stays_below_the_high_mark()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync(options =>
        {
            options.MinEni = 2;
            options.MaxPoolSize = 4;
        });

        f.Pass(60);

        Ready(f).Should().Be(4);
    }

    [Fact]
    public async Task Warm_up_happens_once_in_the_life_of_the_node()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync(WarmUp);
        f.Pass(30);
        var warm = Total(f);
        var leases = Enumerable.Range(1, 8).Select(f.Lease).ToList();
        foreach (var lease in leases)
            f.Pool.Release(lease.Attachment);
        f.Pass(3600);
        var reclaimed = Total(f);
        await f.KillAsync();

        await f.StartAsync(WarmUp);
        f.Pass(120);

        warm.Should().Be(8);
        reclaimed.Should().BeLessThan(8, "the reclaim has taken some back");
        Total(f).Should().Be(reclaimed, "the warm-up is over, for the next run too");

        static void WarmUp(EniPoolOptions options)
        {
            options.WarmUpSize = 8;
            options.MaxPoolSize = 10;
            options.IdleReclaimAfter = TimeSpan.FromMinutes(5);
            options.IdleReclaimInterval = TimeSpan.FromMinutes(1);
        }
    }

    [Fact]
    public async Task Warm_up_never_takes_more_than_the_high_mark_leaves()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync(options =>
        {
            options.WarmUpSize = 10;
            options.MaxPoolSize = 3;
        });

        f.Pass(300);

        Total(f).Should().Be(3);
        f.CountCalls("UnassignPrivateIpAddresses").Should().Be(0, "what was assigned in advance is not given back at once");
    }

    [Fact]
    public async Task Idle_addresses_are_reclaimed_in_rounds_after_quiet_time_and_a_use_ends_it()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync(options =>
        {
            options.MinPoolSize = 2;
            options.MaxPoolSize = 12;
            options.WarmUpSize = 10;
            options.IdleReclaimAfter = TimeSpan.FromMinutes(10);
            options.IdleReclaimInterval = TimeSpan.FromMinutes(2);
            options.IdleReclaimBatch = 3;
            options.IdleReclaimJitter = 0;
        });
        f.Lease(1);
        f.Pass(9 * 60);
        var quiet = Ready(f);
        f.Pass(4 * 60);
        var afterOne = Ready(f);
        f.Lease(2);
        f.Pass(9 * 60);
        var afterUse = Ready(f);
        f.Pass(30 * 60);

        quiet.Should().Be(9);
        afterOne.Should().Be(6);
        afterUse.Should().Be(5, "the lease took one, and the clock of the reclaim began anew");
        Ready(f).Should().Be(2, "the low mark stays");
    }

    private static int Ready(PoolFixture f) =>
        f.Pool.Snapshot().Enis.Sum(eni => eni.Addresses.Count(address => address.State == AddressState.Idle));

    private static int Total(PoolFixture f) => f.OwnEnis.Sum(eni => eni.SecondaryIpAddresses.Count + 1);
}
