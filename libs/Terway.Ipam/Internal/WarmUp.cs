using Terway.Ipam.Store;

namespace Terway.Ipam.Internal;

/// <summary>Notes that the one-time warm-up is over: its addresses were there, or the pool may not have more.</summary>
internal sealed class WarmUp(PoolCore core)
{
    private PoolState State => core.State;

    public void Conclude()
    {
        StoredNode node;
        lock (State.Lock)
        {
            if (State.Node is not { WarmedUp: false } known || !IsDoneLocked(known))
                return;
            State.Node = node = known with { WarmedUp = true };
        }

        // A store that refuses costs nothing: the next start finds the addresses there.
        core.TryCommit("the warm-up", new LedgerChange.PutNode(node));
    }

    private bool IsDoneLocked(StoredNode node)
    {
        var total = 0;
        foreach (var eni in State.Enis)
            total += eni.IsOpen ? eni.Addresses.Count : 0;
        var capacity = Planning.InstanceCapacity.Of(core.Options, node);
        return total >= core.Options.WarmUpSize
            || State.ReadyCount >= State.Reclaim.HighMark
            || total >= capacity.EnisBeside(State.Foreign.Count) * capacity.AddressesPerEni;
    }
}
