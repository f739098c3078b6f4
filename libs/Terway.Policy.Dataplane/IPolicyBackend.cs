namespace Terway.Policy.Dataplane;

/// <summary>One way to enforce policy in the kernel. Calls take turns; none of them waits for anything but the kernel.</summary>
public interface IPolicyBackend : IDisposable
{
    /// <summary>Takes events and makes the kernel enforce them. The first time it brings whatever a former process left into line first.</summary>
    /// <param name="events">The events, in the order in which they were published.</param>
    /// <returns>What was done. A refusal of the kernel is part of it and no exception.</returns>
    /// <exception cref="PolicyDataplaneException">Nothing could be done.</exception>
    BackendReport Apply(IReadOnlyList<PolicyEvent> events);

    /// <summary>Reads what the kernel enforces and mends what differs from what it should, what it refused before included.</summary>
    /// <returns>What was done.</returns>
    /// <exception cref="PolicyDataplaneException">Nothing could be done.</exception>
    BackendReport Reconcile();

    /// <summary>Completes when somebody else changed what is enforced, or may have.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task WaitForForeignChangeAsync(CancellationToken cancellationToken);

    /// <summary>What was counted, by policy and direction.</summary>
    /// <exception cref="PolicyDataplaneException">The kernel did not tell.</exception>
    IReadOnlyList<PolicyCounter> ReadCounters();

    /// <summary>Takes everything of this backend out of the kernel. Nothing to take is no mistake.</summary>
    /// <exception cref="PolicyDataplaneException">The kernel refused.</exception>
    void Remove();
}
