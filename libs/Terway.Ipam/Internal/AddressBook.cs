using System.Net;
using Terway.Ipam.States;

namespace Terway.Ipam.Internal;

/// <summary>All addresses of the pool: the only place where an address changes its state.</summary>
internal sealed class AddressBook
{
    private readonly Dictionary<IPAddress, PoolAddress> _addresses = [];
    private readonly PriorityQueue<PoolAddress, long> _resting = new();
    private readonly Dictionary<IPAddress, DateTimeOffset> _departed = [];

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

    /// <summary>Adds an address to an ENI. Null when the address is already known: one address never has two records.</summary>
    public PoolAddress? Add(PoolEni eni, IPAddress address, bool isPrimary, AddressEvent e, DateTimeOffset now, DateTimeOffset restsUntil = default)
    {
        if (_addresses.ContainsKey(address))
            return null;
        var added = new PoolAddress(address, eni, isPrimary) { RestsUntil = restsUntil, HasRow = _departed.Remove(address) };
        _addresses.Add(address, added);
        eni.Addresses.Add(address, added);
        if (isPrimary)
            eni.Primary = added;
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
        address.Eni.Counted(from, to);
        Enter(address, to);
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
            address.Eni.Idle.AddLast(address.IdleNode);
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

    /// <summary>Addresses that left the pool before a time and still have a row in the store; each is told once.</summary>
    public List<IPAddress> TakeDeparted(DateTimeOffset before)
    {
        if (_departed.Count == 0)
            return [];
        var departed = _departed.Where(row => row.Value <= before).Select(row => row.Key).ToList();
        foreach (var address in departed)
            _departed.Remove(address);
        return departed;
    }

    private void Enter(PoolAddress address, AddressState state)
    {
        switch (state)
        {
            case AddressState.Idle when !address.Suspect:
                address.Eni.Idle.AddLast(address.IdleNode);
                break;
            case AddressState.Resting:
                _resting.Enqueue(address, address.RestsUntil.UtcTicks);
                break;
            case AddressState.Absent:
                if (address.HasRow)
                    _departed[address.Address] = address.Since;
                _addresses.Remove(address.Address);
                address.Eni.Addresses.Remove(address.Address);
                break;
        }
    }
}
