namespace Terway.Cni;

/// <summary>
/// A plugin. Each method is called at most once in a process, with everything validated that does not need the kernel.
/// It throws <see cref="CniException"/> for a failure, and <see cref="OperationCanceledException"/> when cancelled.
/// </summary>
public interface ICniPlugin
{
    /// <summary>One line that says what the plugin is, printed when it runs without a command.</summary>
    string About { get; }

    /// <summary>Connects the container. A failure leaves nothing behind; the same ADD may be asked again.</summary>
    /// <param name="request">What the runtime asks.</param>
    /// <param name="cancellationToken">Undo and leave.</param>
    CniResult Add(CniRequest request, CancellationToken cancellationToken);

    /// <summary>Disconnects the container. Succeeds when there is nothing left to do.</summary>
    /// <param name="request">What the runtime asks; without a namespace when it is gone.</param>
    /// <param name="cancellationToken">Leave.</param>
    void Delete(CniRequest request, CancellationToken cancellationToken);

    /// <summary>Returns when the container's network is as ADD left it; otherwise throws with every difference.</summary>
    /// <param name="request">What the runtime asks.</param>
    /// <param name="cancellationToken">Leave.</param>
    void Check(CniRequest request, CancellationToken cancellationToken);

    /// <summary>Releases what no valid attachment holds. A plugin that holds nothing outside the container has nothing to do.</summary>
    /// <param name="request">What the runtime asks.</param>
    /// <param name="cancellationToken">Leave.</param>
    void CollectGarbage(CniRequest request, CancellationToken cancellationToken)
    {
    }

    /// <summary>Returns when an ADD would succeed now; otherwise throws <see cref="CniErrorCode.NotAvailable"/> with the reason.</summary>
    /// <param name="request">What the runtime asks.</param>
    /// <param name="cancellationToken">Leave.</param>
    void Status(CniRequest request, CancellationToken cancellationToken)
    {
    }
}
