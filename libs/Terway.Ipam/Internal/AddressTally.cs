using Terway.Ipam.States;

namespace Terway.Ipam.Internal;

/// <summary>The addresses of one family on one ENI: how many are in each state, and which can be given out.</summary>
internal sealed class AddressTally
{
    private readonly int[] _counts = new int[(int)AddressState.Lost + 1];

    /// <summary>Idle addresses that can be given out, the one that is idle longest first.</summary>
    public LinkedList<PoolAddress> Idle { get; } = new();

    /// <summary>Addresses that the cloud shows but that the pool must not take over yet.</summary>
    public int Untracked { get; set; }

    /// <summary>Addresses that a pod holds or is about to hold, lost ones included.</summary>
    public int Held => this[AddressState.Reserved] + this[AddressState.Leased] + this[AddressState.Lost];

    /// <summary>Addresses that nobody holds: idle ones, and those that rest.</summary>
    public int Free => Idle.Count + this[AddressState.Resting];

    /// <summary>Addresses that the cloud has on the ENI as far as known.</summary>
    public int Assigned => this[AddressState.Idle] + this[AddressState.Reserved] + this[AddressState.Leased]
        + this[AddressState.Resting] + this[AddressState.Unassigning] + Untracked;

    public int this[AddressState state] => _counts[(int)state];

    public void Moved(AddressState from, AddressState to)
    {
        if (from != AddressState.Absent)
            _counts[(int)from]--;
        if (to != AddressState.Absent)
            _counts[(int)to]++;
    }
}
