namespace Terway.Policy.Dataplane.Nftables.Internal;

/// <summary>The generations of the rulesets that were made here, as far back as a notification may still speak of them. Thread-safe.</summary>
internal sealed class OwnGenerations
{
    private const int Kept = 4096;

    private readonly Lock _lock = new();
    private readonly HashSet<uint> _known = [];
    private readonly Queue<uint> _order = new();

    /// <summary>Notes one before it is made, for its notification may come before the kernel's answer.</summary>
    internal void Expect(uint generation)
    {
        lock (_lock)
        {
            if (_known.Add(generation))
                _order.Enqueue(generation);
            while (_order.Count > Kept)
                _known.Remove(_order.Dequeue());
        }
    }

    /// <summary>Takes back one that was not made.</summary>
    internal void Forget(uint generation)
    {
        lock (_lock)
            _known.Remove(generation);
    }

    internal bool Contains(uint generation)
    {
        lock (_lock)
            return _known.Contains(generation);
    }
}
