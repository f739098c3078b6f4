using System.Net;
using Terway.Ipam.Store;

namespace Terway.Ipam.Internal;

/// <summary>Brings the store up to date where nobody waits for it.</summary>
internal sealed class LedgerUpkeep(PoolCore core)
{
    private PoolState State => core.State;

    /// <summary>Stores leases that evidence of the kernel explains, and drops rows that no longer say anything.</summary>
    public void Tidy()
    {
        List<IPAddress> expired;
        List<PoolEni> enis;
        bool unstored;
        lock (State.Lock)
        {
            expired = State.Addresses.TakeExpiredRows(core.Now);
            unstored = State.Unstored.Count > 0;
            enis = [.. State.Enis.Where(eni => eni is { Unstored: true, Busy: false })];
        }

        foreach (var eni in enis)
            core.TryStore(eni);

        if (expired.Count > 0)
            core.TryCommit("addresses that left", [.. expired.Select(address => new LedgerChange.DropAddress(address))]);
        if (unstored)
            StoreExplained();
    }

    private void StoreExplained()
    {
        lock (State.Ledger)
        {
            List<Lease> leases;
            lock (State.Lock)
            {
                leases = State.Unstored.FindAll(lease => State.FindLease(lease.Attachment)?.Lease == lease);
                State.Unstored.Clear();
            }

            if (leases.Count == 0 || core.TryCommit("leases that the kernel showed", [.. leases.Select(lease => new LedgerChange.PutLease(lease))]))
                return;
            lock (State.Lock)
            {
                State.Unstored.AddRange(leases);
            }
        }
    }
}
