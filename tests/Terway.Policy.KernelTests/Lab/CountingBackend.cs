using Terway.Policy.Dataplane;

namespace Terway.Policy.KernelTests;

/// <summary>Counts what is asked of a backend, and fails when told to, as when the kernel cannot be reached.</summary>
internal sealed class CountingBackend(IPolicyBackend backend) : IPolicyBackend
{
    public int Reconciliations { get; private set; }

    public bool Fails { get; set; }

    public BackendReport Apply(IReadOnlyList<PolicyEvent> events)
    {
        BackendReport report = backend.Apply(events);
        return Fails ? throw new PolicyDataplaneException("PolicyKernelRefused", "told to", "tell otherwise") : report;
    }

    public BackendReport Reconcile()
    {
        Reconciliations++;
        return backend.Reconcile();
    }

    public Task WaitForForeignChangeAsync(CancellationToken cancellationToken) => backend.WaitForForeignChangeAsync(cancellationToken);

    public IReadOnlyList<PolicyCounter> ReadCounters() => backend.ReadCounters();

    public void Remove() => backend.Remove();

    public void Dispose() => backend.Dispose();
}
