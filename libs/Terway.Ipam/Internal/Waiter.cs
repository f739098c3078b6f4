namespace Terway.Ipam.Internal;

/// <summary>One call of <see cref="EniPool.LeaseAsync"/> that waits for its address.</summary>
internal sealed class Waiter(LeaseRequest request, DateTimeOffset since, DateTimeOffset deadline, TaskCreationOptions completion)
{
    private readonly TaskCompletionSource<Lease> _lease = new(completion);

    public LeaseRequest Request { get; } = request;

    public DateTimeOffset Since { get; } = since;

    public DateTimeOffset Deadline { get; } = deadline;

    /// <summary>Its place in the queue; null once it was taken out, by whoever will answer it.</summary>
    public LinkedListNode<Waiter>? Place { get; set; }

    public Task<Lease> Lease => _lease.Task;

    public void Grant(Lease lease) => _lease.TrySetResult(lease);

    public void Fail(IpamException error) => _lease.TrySetException(error);

    public void Cancel(CancellationToken cancellationToken) => _lease.TrySetCanceled(cancellationToken);
}
