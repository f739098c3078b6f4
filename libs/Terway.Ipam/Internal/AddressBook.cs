using System.Net;
using Terway.Ipam.States;
using Terway.Ipam.Store;

namespace Terway.Ipam.Internal;

/// <summary>All addresses of the pool: the only place where an address changes its state.</summary>
/// <param name="settle">How long the metadata service may still show an address that was unassigned.</param>
/// <param name="history">Where every change is remembered.</param>
internal sealed class AddressBook(TimeSpan settle, PoolHistory history)
{
    private readonly Dictionary<IPAddress, PoolAddress> _addresses = [];
    private readonly PriorityQueue<PoolAddress, long> _resting = new();
    private readonly Dictionary<IPAddress, (StoredAddress Row, DateTimeOffset DropAt)> _keptBack = [];

    public PoolAddress? Find(IPAddress address) => _addresses.GetValueOrDefault(address);

    /// <summary>When the next resting address is ready.</summary>
    public DateTimeOffset? NextRested
    {
        get
        {
            while (_resting.TryPeek(out var address, out var until))
            {
                if (address.State == AddressState.Resting && address.RestsUntil.UtcTicks == until)
                    return address.RestsUntil;
                _resting.Dequeue();
            }

            return null;
        }
    }

    /// <summary>Remembers a row of the store about an address that the pool does not have now: it counts when the address comes back.</summary>
    public void KeepBack(StoredAddress row) => _keptBack[row.Address] = (row, row.Until);

    /// <summary>The row of an address that left must outlive whatever may still show the address to a restarted program.</summary>
    private void KeepBack(PoolAddress left, AddressState from, DateTimeOffset now)
    {
        if (!left.HasRow && from != AddressState.Resting || left.Eni.Identity is not { } eni)
            return;
        var until = from is AddressState.Resting or AddressState.Lost ? left.RestsUntil : now;
        var settled = now + settle;
        _keptBack[left.Address] = (new StoredAddress(left.Address, eni.Id, StoredAddressKind.Resting, until), until > settled ? until : settled);
    }

    /// <summary>Adds an address to an ENI. Null when the address is already known: one address never has two records.</summary>
    public PoolAddress? Add(PoolEni eni, IPAddress address, bool isPrimary, AddressEvent e, DateTimeOffset now, DateTimeOffset restsUntil = default)
    {
        if (_addresses.ContainsKey(address))
            return null;
        var added = new PoolAddress(address, eni, isPrimary) { RestsUntil = restsUntil, ShownAt = now };
        _addresses.Add(address, added);
        eni.Addresses.Add(address, added);
        if (isPrimary)
            eni.Primary = added;
        if (_keptBack.Remove(address, out var kept))
            AddKeptBack(added, kept.Row, e, now);
        else
            Move(added, e, now);
        return added;
    }

    public static bool Accepts(PoolAddress address, AddressEvent e) => AddressTransitions.Next(address.State, e) is not null;

    public void Move(PoolAddress address, AddressEvent e, DateTimeOffset now)
    {
        var from = address.State;
        var to = AddressTransitions.Next(from, e)
            ?? throw new InvalidOperationException($"{address.Address} is {from}: {e} is not possible.");
        if (address.IdleNode.List is { } idle)
            idle.Remove(address.IdleNode);
        address.State = to;
        address.Since = now;
        address.Tally.Moved(from, to);
        history.Record(address, e, now);
        Enter(address, to);
        if (to == AddressState.Absent)
            KeepBack(address, from, now);
    }

    /// <summary>Takes an idle address out of circulation, or back, without a change of its state.</summary>
    public static void SetSuspect(PoolAddress address, bool suspect)
    {
        address.Suspect = suspect;
        if (address.State != AddressState.Idle)
            return;
        if (suspect && address.IdleNode.List is { } idle)
            idle.Remove(address.IdleNode);
        else if (!suspect && address.IdleNode.List is null)
            address.Tally.Idle.AddLast(address.IdleNode);
    }

    /// <summary>Ends every rest that is over.</summary>
    public bool EndRests(DateTimeOffset now)
    {
        var ended = false;
        while (NextRested <= now)
        {
            Move(_resting.Dequeue(), AddressEvent.Rested, now);
            ended = true;
        }

        return ended;
    }

    /// <summary>Rows of the store that no longer say anything; each is told once, unless it is kept back again.</summary>
    public List<StoredAddress> TakeExpiredRows(DateTimeOffset now)
    {
        if (_keptBack.Count == 0)
            return [];
        var expired = _keptBack.Values.Where(kept => kept.DropAt <= now).Select(kept => kept.Row).ToList();
        foreach (var row in expired)
            _keptBack.Remove(row.Address);
        return expired;
    }

    /// <summary>A rest goes on wherever the address shows up again; an unassignment of unknown outcome is repeated on its ENI.</summary>
    private void AddKeptBack(PoolAddress added, StoredAddress row, AddressEvent e, DateTimeOffset now)
    {
        added.HasRow = true;
        if (e == AddressEvent.FoundHeld || row.Until <= now)
        {
            Move(added, e, now);
        }
        else if (row.Kind == StoredAddressKind.Resting)
        {
            added.RestsUntil = row.Until > added.RestsUntil ? row.Until : added.RestsUntil;
            Move(added, AddressEvent.AssignedOfUnknownAge, now);
        }
        else
        {
            Move(added, e, now);
            if (added.IsPrimary || added.State != AddressState.Idle || row.Eni != added.Eni.Identity?.Id)
                return;
            added.MayBeUnassigned = true;
            Move(added, AddressEvent.UnassignRequested, now);
        }
    }

    private void Enter(PoolAddress address, AddressState state)
    {
        switch (state)
        {
            case AddressState.Idle when !address.Suspect:
                address.Tally.Idle.AddLast(address.IdleNode);
                break;
            case AddressState.Resting:
                _resting.Enqueue(address, address.RestsUntil.UtcTicks);
                break;
            case AddressState.Absent:
                _addresses.Remove(address.Address);
                address.Eni.Addresses.Remove(address.Address);
                break;
        }
    }
}
