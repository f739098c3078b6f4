using System.Net;
using Terway.Cloud;

namespace Terway.Ipam.Store;

/// <summary>A store that keeps everything in memory: for tests, and for programs whose leases may end with them.</summary>
/// <remarks>Safe for concurrent use. A second pool can be given the same store, as after a restart.</remarks>
public sealed class InMemoryLeaseStore : ILeaseStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<AttachmentKey, Lease> _leases = [];
    private readonly Dictionary<IPAddress, StoredAddress> _addresses = [];
    private readonly Dictionary<ClientToken, StoredEni> _enis = [];
    private StoredNode? _node;

    /// <inheritdoc/>
    public StoredPool Load()
    {
        lock (_lock)
        {
            return new StoredPool
            {
                Leases = [.. _leases.Values],
                Addresses = [.. _addresses.Values],
                Enis = [.. _enis.Values],
                Node = _node,
            };
        }
    }

    /// <inheritdoc/>
    public void Commit(IReadOnlyList<LedgerChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        lock (_lock)
        {
            foreach (var change in changes)
                Apply(change);
        }
    }

    /// <summary>Does nothing: the content stays for the next pool.</summary>
    public void Dispose()
    {
    }

    private void Apply(LedgerChange change)
    {
        switch (change)
        {
            case LedgerChange.PutLease put:
                _leases[put.Lease.Attachment] = put.Lease;
                break;
            case LedgerChange.DropLease drop:
                _leases.Remove(drop.Attachment);
                break;
            case LedgerChange.PutAddress put:
                _addresses[put.Address.Address] = put.Address;
                break;
            case LedgerChange.DropAddress drop:
                _addresses.Remove(drop.Address);
                break;
            case LedgerChange.PutEni put:
                _enis[put.Eni.Token] = put.Eni;
                break;
            case LedgerChange.DropEni drop:
                _enis.Remove(drop.Token);
                break;
            case LedgerChange.PutNode put:
                _node = put.Node;
                break;
        }
    }
}
