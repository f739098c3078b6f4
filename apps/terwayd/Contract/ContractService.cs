using Microsoft.Extensions.Logging;
using Terway.Cni;
using Terway.Cni.Daemon;
using Terway.Datapath;
using Terway.Ipam;
using Terwayd.Enforcement;
using Terwayd.Node;
using Terwayd.Show;

namespace Terwayd.Contract;

/// <summary>
/// Answers the CNI plugin: addresses come from the pool, which commits them before they are told. Requests for one pod exclude each
/// other; everything that is logged for a request carries its id.
/// </summary>
internal sealed class ContractService(
    EniPool pool, PodGate gate, AllocationFactory allocations, LeaseReturn returns, INodeNetwork network, ShowDocuments documents, IPodPolicy policy,
    ILogger<ContractService> logger) : IDaemonService
{
    public async Task<Allocation> AllocateAsync(RequestOrigin origin, AllocateRequest request, CancellationToken cancellationToken)
    {
        using var scope = logger.BeginScope(new RequestScope(origin));
        using var pass = Enter("allocate", request.Pod);
        try
        {
            var isNew = pool.Inspect(ToKey(request.Attachment)) is null;
            var lease = await pool.LeaseAsync(ToLeaseRequest(origin, request), cancellationToken);
            await AdmitAsync(lease, isNew, cancellationToken);
            if (isNew && origin.HasHungUp())
            {
                // The runtime may already have asked again: while this request excludes that one, the lease is nobody's.
                TakeBack(lease);
                throw Refuse("allocate", request.Pod.ToString(), new DaemonException(new DaemonError(
                    ErrorCode.ClientGone, $"allocate {request.Pod}: the client hung up before its address {lease.Address} was ready; it was taken back")));
            }

            logger.Allocated(
                request.Pod.ToString(), request.Attachment.ContainerId, request.Attachment.IfName, lease.Address, lease.Eni.Id.Value);
            return allocations.From(lease);
        }
        catch (IpamException e)
        {
            throw Refuse("allocate", request.Pod.ToString(), e.ToRefusal());
        }
    }

    public Task ReleaseAsync(RequestOrigin origin, ReleaseRequest request, CancellationToken cancellationToken)
    {
        using var scope = logger.BeginScope(new RequestScope(origin));
        using var pass = Enter("release", request.Pod);
        try
        {
            if (pool.Inspect(ToKey(request.Attachment)) is { } lease)
            {
                pool.Release(lease.Attachment);
                policy.Dismiss(lease);
                logger.Released(
                    request.Pod.ToString(), request.Attachment.ContainerId, request.Attachment.IfName, lease.Address, request.Reason ?? "del");
            }
            else
            {
                logger.NothingToRelease(request.Pod.ToString(), request.Attachment.ContainerId, request.Attachment.IfName);
            }
        }
        catch (IpamException e)
        {
            throw Refuse("release", request.Pod.ToString(), e.ToRefusal());
        }

        if (request.DeferredLinks)
            network.RequestReaping();
        return Task.CompletedTask;
    }

    public Task<Allocation?> InspectAsync(RequestOrigin origin, InspectRequest request, CancellationToken cancellationToken)
    {
        using var scope = logger.BeginScope(new RequestScope(origin));
        using var pass = Enter("inspect", request.Pod);
        var lease = pool.Inspect(ToKey(request.Attachment));
        return Task.FromResult(lease is null ? null : allocations.From(lease));
    }

    /// <summary>A pod that another request works on is kept: its lease may be younger than the list of valid attachments.</summary>
    public Task<CollectReply> CollectAsync(RequestOrigin origin, CollectRequest request, CancellationToken cancellationToken)
    {
        using var scope = logger.BeginScope(new RequestScope(origin));
        var valid = request.Valid.Select(ToKey).ToHashSet();
        var released = new List<Attachment>();
        var kept = 0;
        try
        {
            foreach (var lease in pool.Snapshot().Leases)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var pass = gate.TryEnter(lease.Pod.ToString());
                if (pass is null || valid.Contains(lease.Attachment) || LeaseNote.Read(lease.Payload).Network != request.Network)
                {
                    kept++;
                    continue;
                }

                returns.Return(lease, $"no valid attachment of network {request.Network} holds it");
                released.Add(new Attachment(lease.Attachment.ContainerId, lease.Attachment.IfName));
            }
        }
        catch (IpamException e)
        {
            throw Refuse("collect", request.Network, e.ToRefusal());
        }
        catch (DatapathException e)
        {
            throw Refuse("collect", request.Network, new DaemonException(new DaemonError(
                ErrorCode.KernelRefused, $"collect {request.Network}: {e.Message}", e.InnerException?.Message, "ask again; what was returned before is not asked for twice"), e));
        }

        network.RequestReaping();
        logger.Collected(released.Count, request.Network, kept);
        return Task.FromResult(new CollectReply { Released = [.. released] });
    }

    public Task StatusAsync(RequestOrigin origin, CancellationToken cancellationToken)
    {
        using var scope = logger.BeginScope(new RequestScope(origin));
        var readiness = pool.CanLease();
        if (readiness is { CanLease: false, Fault: { } fault })
            throw Refuse("status", "pool", fault.ToRefusal());
        return Task.CompletedTask;
    }

    public Task<string> ShowAsync(RequestOrigin origin, ShowRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(documents.Write(request));

    /// <summary>A pod whose policies do not stand gets no answer; what this request gave it is taken back, what a former one gave is not.</summary>
    private async Task AdmitAsync(Lease lease, bool isNew, CancellationToken cancellationToken)
    {
        try
        {
            await policy.AdmitAsync(lease, cancellationToken);
        }
        catch (Exception e) when (e is DaemonException or OperationCanceledException)
        {
            if (isNew)
                TakeBack(lease);
            if (e is DaemonException refusal)
                throw Refuse("allocate", lease.Pod.ToString(), refusal);
            throw;
        }
    }

    private void TakeBack(Lease lease)
    {
        pool.Release(lease.Attachment);
        policy.Dismiss(lease);
    }

    private IDisposable Enter(string operation, PodIdentity pod) =>
        gate.TryEnter(pod.ToString()) ?? throw Refuse(
            operation, pod.ToString(), new DaemonException(new DaemonError(
                ErrorCode.PodIsProcessing, $"{operation} {pod}: another request for this pod is being worked on", Hint: "try again when it has ended")));

    private DaemonException Refuse(string operation, string subject, DaemonException refusal)
    {
        logger.Refused(operation, subject, refusal.Error.Code.Value, refusal.Error.Message);
        return refusal;
    }

    private static LeaseRequest ToLeaseRequest(RequestOrigin origin, AllocateRequest request) => new()
    {
        Attachment = ToKey(request.Attachment),
        Pod = new PodKey(request.Pod.Namespace, request.Pod.Name),
        PodUid = request.Pod.Uid,
        RequestId = origin.RequestId,
        Payload = new LeaseNote(request.Network, request.NetNs).Write(),
    };

    private static AttachmentKey ToKey(Attachment attachment) => new(attachment.ContainerId, attachment.IfName);
}
