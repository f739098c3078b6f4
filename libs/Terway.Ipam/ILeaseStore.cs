using Terway.Ipam.Store;

namespace Terway.Ipam;

/// <summary>What must survive a restart: leases, rests, and the ENIs that were or may have been created.</summary>
/// <remarks>
/// <para>Synchronous by design: a commit is a few microseconds of local work, and the pool makes it outside its lock.
/// Calls come from any thread; the store serialises them.</para>
/// <para>Failures are <see cref="IpamException"/> with one of the <c>Store…</c> codes, and leave the store as it was.</para>
/// </remarks>
public interface ILeaseStore : IDisposable
{
    /// <summary>Reads everything.</summary>
    StoredPool Load();

    /// <summary>Writes all changes in order, or none of them.</summary>
    /// <param name="changes">The changes of one step.</param>
    void Commit(IReadOnlyList<LedgerChange> changes);
}
