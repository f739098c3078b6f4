using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Terway.Ipam;
using Terway.Ipam.Store;
using Terwayd.Contract;
using Terwayd.Enforcement;
using Terwayd.Reconciliation;
using Terwayd.Tests.Hosting;

namespace Terwayd.Tests.Reconciliation;

/// <summary>A pod that runs on while the store was lost: the daemon knows its address from the kernel, and nothing else.</summary>
public sealed class NamelessPodTests : IAsyncLifetime
{
    private static readonly TimeSpan BetweenRepairs = TimeSpan.FromMinutes(5);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeNodeNetwork _network = new();
    private FakeVpc _vpc = null!;
    private EniPool _pool = null!;
    private IPAddress _address = null!;

    public async ValueTask InitializeAsync()
    {
        _vpc = await FakeVpc.CreateAsync();
        await using (var before = await StartAsync([]))
            _address = (await before.LeaseAsync(new LeaseRequest { Attachment = new("sandbox-1", "eth0"), Pod = new("default", "web-0") })).Address;
        _network.Observed.Add(new ObservedAttachment(_address));
        _pool = await StartAsync(_network.Observed);
        while (_pool.Snapshot().Leases.IsEmpty)
            await Task.Delay(1, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        _vpc.Dispose();
    }

    [Fact]
    public void Its_address_is_kept_for_as_long_as_the_kernel_shows_it()
    {
        Repair(times: 4);

        _pool.Snapshot().Leases.Select(l => l.Address).Should().Equal(_address);
    }

    [Fact]
    public void Its_address_is_given_back_once_the_kernel_shows_it_no_more()
    {
        _network.Observed.Clear();

        Repair(times: 4);

        _pool.Snapshot().Leases.Should().BeEmpty();
    }

    [Fact]
    public void Rules_of_an_address_that_left_the_pool_go_at_the_second_look()
    {
        var sweep = new RuleSweep(_pool, _network, _time, NullLogger<RuleSweep>.Instance);
        IPAddress left = IPAddress.Parse("10.0.0.250"), elsewhere = IPAddress.Parse("192.168.7.7");
        _network.Rules.AddRange([_address, left, elsewhere]);

        sweep.WhileServing();
        _network.Rules.Should().Equal(_address, left, elsewhere);
        sweep.WhileServing();

        _network.Rules.Should().Equal(_address, elsewhere);
    }

    private async Task<EniPool> StartAsync(IReadOnlyCollection<ObservedAttachment> observed)
    {
        var pool = new EniPool(
            new EniPoolOptions(), _vpc.Emulator.CreateEniApi(), _vpc.Emulator.CreateInstanceMetadata(_vpc.Instance), new InMemoryLeaseStore());
        await pool.RecoverAsync(observed);
        _ = pool.RunAsync(CancellationToken.None);
        return pool;
    }

    /// <summary>The repair goes by the test's clock, which is far ahead of the pool's.</summary>
    private void Repair(int times)
    {
        var gate = new PodGate();
        var repair = new PodRepair(
            _pool, gate, _network, new LeaseReturn(_pool, _network, new NoPolicy("node-1", "the test has none"), NullLogger<LeaseReturn>.Instance), _time, NullLogger<PodRepair>.Instance);
        for (var i = 0; i < times; i++)
        {
            _time.Advance(BetweenRepairs);
            repair.Run(CancellationToken.None);
        }
    }
}
