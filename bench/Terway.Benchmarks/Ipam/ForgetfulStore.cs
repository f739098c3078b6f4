using Terway.Ipam;
using Terway.Ipam.Store;

namespace Terway.Benchmarks.Ipam;

/// <summary>A store that keeps nothing: what is measured with it is the pool alone.</summary>
internal sealed class ForgetfulStore : ILeaseStore
{
    public StoredPool Load() => StoredPool.Empty;

    public void Commit(IReadOnlyList<LedgerChange> changes)
    {
    }

    public void Dispose()
    {
    }
}
