using System.Net;

namespace Terway.Netlink.KernelTests;

public sealed class NfTablesMonitorKernelTests : IDisposable
{
    private readonly NftRuleset _ruleset = new();
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromSeconds(60));

    public void Dispose()
    {
        _timeout.Dispose();
        _ruleset.Dispose();
    }

    [Fact]
    public async Task Changes_of_a_stranger_are_reported_with_its_name()
    {
        using var monitor = NfTablesMonitor.Open(_ruleset.Host.Namespace);
        await using var changes = monitor.ReadAllAsync(_timeout.Token).GetAsyncEnumerator();
        await changes.MoveNextAsync();
        changes.Current.Should().BeOfType<NetworkResync>();

        _ruleset.Host.Execute("nft", "add chain inet terway c; add set inet terway s { type ipv4_addr; }; add element inet terway s { 10.0.0.5 }; add rule inet terway c ip saddr @s accept");
        var added = await UntilGeneration(changes);
        _ruleset.Host.Execute("nft", "flush", "ruleset");
        var flushed = await UntilGeneration(changes);

        added.OfType<NetworkChange<NftChain>>().Should().ContainSingle().Which.Message.Key.Should().Be(_ruleset.Chain("c"));
        added.OfType<NetworkChange<NftSet>>().Should().ContainSingle().Which.Message.KeyType.Should().Be(NftDataType.IPv4Address);
        added.OfType<NetworkChange<NftElementList>>().Should().ContainSingle().Which.Message.Elements.Should()
            .Equal(new NftElement(NftData.Address(IPAddress.Parse("10.0.0.5"))));
        added.OfType<NetworkChange<NftRule>>().Should().ContainSingle().Which.Message.Expressions.Should().NotBeEmpty();
        added.Should().OnlyContain(change => Action(change) == NetworkChangeAction.Set);
        var last = added[^1].Should().BeOfType<NetworkChange<NftGeneration>>().Subject.Message;
        last.ProcessName.Should().Be("nft");
        flushed.OfType<NetworkChange<NftTable>>().Should().ContainSingle().Which.Action.Should().Be(NetworkChangeAction.Removed);
        flushed.OfType<NetworkChange<NftGeneration>>().Single().Message.Id.Should().Be(last.Id + 1);
    }

    [Fact]
    public async Task Changes_of_our_own_are_told_by_the_process_id()
    {
        using var monitor = NfTablesMonitor.Open(_ruleset.Host.Namespace);
        await using var changes = monitor.ReadAllAsync(_timeout.Token).GetAsyncEnumerator();
        await changes.MoveNextAsync();

        _ruleset.Commit(t => t.Chains.Add(_ruleset.Chain("c")));
        var generation = (await UntilGeneration(changes)).OfType<NetworkChange<NftGeneration>>().Single().Message;

        // The kernel tells the id of the thread that sent.
        Directory.Exists($"/proc/self/task/{generation.ProcessId}").Should().BeTrue();
        generation.Id.Should().Be(_ruleset.NfTables.GetGeneration().Id);
    }

    [Fact]
    public async Task Overrun_ends_in_a_resync()
    {
        using var monitor = NfTablesMonitor.Open(_ruleset.Host.Namespace, bufferSize: 8 * 1024);
        await using var changes = monitor.ReadAllAsync(_timeout.Token).GetAsyncEnumerator();
        await changes.MoveNextAsync();
        for (var i = 0; i < 200; i++)
            _ruleset.Commit(t => t.Chains.Add(_ruleset.Chain($"c{i}")));

        await changes.MoveNextAsync();
        changes.Current.Should().BeOfType<NetworkResync>();
        _ruleset.Commit(t => t.Chains.Add(_ruleset.Chain("late")));
        await changes.MoveNextAsync();

        changes.Current.Should().BeOfType<NetworkChange<NftChain>>().Which.Message.Key.Name.Should().Be("late");
    }

    private static NetworkChangeAction Action(NetworkChange change) => change switch
    {
        NetworkChange<NftChain> c => c.Action,
        NetworkChange<NftRule> c => c.Action,
        NetworkChange<NftSet> c => c.Action,
        NetworkChange<NftElementList> c => c.Action,
        NetworkChange<NftGeneration> c => c.Action,
        _ => throw new InvalidOperationException($"An unexpected change: {change}."),
    };

    private static async Task<List<NetworkChange>> UntilGeneration(IAsyncEnumerator<NetworkChange> changes)
    {
        var seen = new List<NetworkChange>();
        while (await changes.MoveNextAsync())
        {
            seen.Add(changes.Current);
            if (changes.Current is NetworkChange<NftGeneration>)
                break;
        }
        return seen;
    }
}
