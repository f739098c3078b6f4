using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Terway.Cloud;
using Terway.Ipam.Internal;
using Terway.Ipam.Store;
using Terway.Testing;

namespace Terway.Ipam.Tests;

public class LedgerUpkeepTests
{
    [Fact]
    public void A_row_that_a_full_disk_would_not_drop_is_dropped_the_next_time()
    {
        var time = new FakeTimeProvider();
        var store = new OnceFullStore();
        var row = new StoredAddress(IPAddress.Parse("10.0.0.9"), new EniId("eni-1"), StoredAddressKind.Resting, time.GetUtcNow());
        store.Content.Commit([new LedgerChange.PutAddress(row)]);
        var core = new PoolCore(new EniPoolOptions(), null!, null!, store, NoNodeLinks.Instance, time, new Random(1), NullLogger.Instance, TaskCreationOptions.None);
        core.State.Addresses.KeepBack(row);
        var upkeep = new LedgerUpkeep(core);

        upkeep.Tidy();
        store.Load().Addresses.Should().ContainSingle("the disk was full");
        upkeep.Tidy();

        store.Load().Addresses.Should().BeEmpty();
    }

    private sealed class OnceFullStore : ILeaseStore
    {
        private bool _wasFull;

        public InMemoryLeaseStore Content { get; } = new();

        public StoredPool Load() => Content.Load();

        public void Commit(IReadOnlyList<LedgerChange> changes)
        {
            if (_wasFull)
            {
                Content.Commit(changes);
                return;
            }

            _wasFull = true;
            throw new IpamException(IpamErrorCode.StoreFull, "write", "the store", "it is full", "Wait.", FaultOwner.Store);
        }

        public void Dispose()
        {
        }
    }
}
