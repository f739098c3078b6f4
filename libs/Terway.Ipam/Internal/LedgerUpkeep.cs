using System.Net;
using Terway.Cloud;
using Terway.Ipam.Store;

namespace Terway.Ipam.Internal;

/// <summary>Brings the store up to date where nobody waits for it.</summary>
internal sealed class LedgerUpkeep(PoolCore core)
{
    private PoolState State => core.State;

    /// <summary>Stores leases that evidence of the kernel explains, and drops rows that no longer say anything.</summary>
    public void Tidy()
    {
        List<StoredAddress> expired;
        List<PoolEni> enis;
        List<ClientToken> undropped;
        bool unstored;
        lock (State.Lock)
        {
            expired = State.Addresses.TakeExpiredRows(core.Now);
            unstored = State.Unstored.Count > 0;
            undropped = [.. State.Undropped.Where(token => State.FindEni(token) is null)];
            State.Undropped.Clear();
            enis = [.. State.Enis.Where(eni => eni is { Unstored: true, Busy: false })];
        }

        foreach (var eni in enis)
            core.TryStore(eni);
        if (undropped.Count > 0)
            core.TryCommit("ENIs that are gone", [.. undropped.Select(token => new LedgerChange.DropEni(token))]);

        if (expired.Count > 0 && !core.TryCommit("addresses that left", [.. expired.Select(row => new LedgerChange.DropAddress(row.Address))]))
            TellAgain(expired);
        if (unstored)
            StoreExplained();
    }

    /// <summary>What the store refused to drop is told again, unless the address has come back and the row counts once more.</summary>
    private void TellAgain(List<StoredAddress> rows)
    {
        lock (State.Lock)
        {
            foreach (var row in rows.Where(row => State.Addresses.Find(row.Address) is null))
                State.Addresses.KeepBack(row);
        }
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
