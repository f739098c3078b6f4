using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Terway.Cloud;
using Terway.Ipam.Actions;
using Terway.Ipam.Internal;

namespace Terway.Ipam;

/// <summary>The pool of a node: ENIs of this instance and their addresses, given to pods and taken back.</summary>
/// <remarks>
/// <para>Call <see cref="RecoverAsync"/> once, then keep <see cref="RunAsync"/> running; the other members are for any thread.</para>
/// <para>A lease is in the store before anyone sees it, an address rests in the store before it is given out again,
/// and an ENI is in the store before the cloud is asked to create it.</para>
/// </remarks>
public sealed class EniPool : IAsyncDisposable
{
    private readonly PoolCore _core;
    private readonly LeaseDesk _desk;
    private readonly ReleaseDesk _releases;
    private readonly ActionRunner _runner;
    private readonly PoolLoop _loop;
    private readonly CancellationTokenSource _disposing = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Makes a pool. Nothing is read or called before <see cref="RecoverAsync"/>.</summary>
    /// <param name="options">How the pool behaves.</param>
    /// <param name="cloud">The cloud's API.</param>
    /// <param name="metadata">The instance's metadata service.</param>
    /// <param name="store">The store; the caller disposes it, after the pool.</param>
    /// <param name="links">What the node does with ENIs; null when they need nothing.</param>
    /// <param name="time">The clock; null means the system's.</param>
    /// <param name="random">Jitter, choices and client tokens; null means a fresh source. Not shared with others.</param>
    /// <param name="logger">Where log lines go; null means nowhere.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message lists all of them.</exception>
    public EniPool(
        EniPoolOptions options, IEniApi cloud, IInstanceMetadata metadata, ILeaseStore store,
        INodeLinks? links = null, TimeProvider? time = null, Random? random = null, ILogger<EniPool>? logger = null)
        : this(options, cloud, metadata, store, links, time, random, logger, TaskCreationOptions.RunContinuationsAsynchronously)
    {
    }

    internal EniPool(
        EniPoolOptions options, IEniApi cloud, IInstanceMetadata metadata, ILeaseStore store,
        INodeLinks? links, TimeProvider? time, Random? random, ILogger<EniPool>? logger, TaskCreationOptions completion)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(cloud);
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(store);
        if (options.Validate() is { Count: > 0 } errors)
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        _core = new PoolCore(options, cloud, metadata, store, links ?? NoNodeLinks.Instance,
            time ?? TimeProvider.System, random ?? new Random(), logger ?? NullLogger<EniPool>.Instance, completion);
        _releases = new ReleaseDesk(_core);
        _desk = new LeaseDesk(_core, _releases);
        _runner = new ActionRunner(_core);
        _loop = new PoolLoop(_core, _desk, new LedgerUpkeep(_core), new WarmUp(_core), _runner);
    }

    /// <summary>Reads the store and the metadata service and puts them together with what the kernel shows. No API call is made.</summary>
    /// <param name="observed">The addresses that pods of this node use, as the kernel shows them.</param>
    /// <param name="cancellationToken">Gives up; the pool can be recovered again.</param>
    /// <exception cref="IpamException">The store or the metadata service cannot be read.</exception>
    public Task RecoverAsync(IReadOnlyCollection<ObservedAttachment> observed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(observed);
        return new PoolRecovery(_core).RunAsync(observed, cancellationToken);
    }

    /// <summary>Runs the pool until the token is cancelled or the pool is disposed. Call it once, after <see cref="RecoverAsync"/>.</summary>
    /// <param name="cancellationToken">Stops the loop; running calls are given up and explained at the next start.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!_core.State.Recovered)
            throw new InvalidOperationException("A pool runs after it was recovered.");
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
        var running = _loop.RunAsync(stopping.Token);
        _running = running;
        await running.ConfigureAwait(false);
        await _runner.WhenEnded().ConfigureAwait(false);
    }

    /// <summary>Leases what is ready now.</summary>
    /// <param name="request">For whom.</param>
    /// <returns>The lease, the same one for the same attachment; null when the request has to wait, or others wait already.</returns>
    /// <exception cref="IpamException">The request is wrong, the pool is not ready, or the store failed.</exception>
    public Lease? TryLease(LeaseRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _desk.TryLease(request);
    }

    /// <summary>Leases an address, waiting in order for one when none is ready, at most <see cref="EniPoolOptions.LeaseTimeout"/>.</summary>
    /// <param name="request">For whom.</param>
    /// <param name="cancellationToken">Leaves the queue; nothing is held then.</param>
    /// <returns>The lease, the same one for the same attachment.</returns>
    /// <exception cref="IpamException">No address can come in time, or another reason; the code tells.</exception>
    public ValueTask<Lease> LeaseAsync(LeaseRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _desk.LeaseAsync(request, cancellationToken);
    }

    /// <summary>Releases what the attachment holds or waits for. The address rests before it is given out again.</summary>
    /// <param name="attachment">The attachment.</param>
    /// <returns>The lease that was released; null when nothing was held, which is no error.</returns>
    /// <exception cref="IpamException">The store failed; the lease is still held.</exception>
    public Lease? Release(AttachmentKey attachment) => _releases.Release(attachment);

    /// <summary>What the attachment holds; null when nothing.</summary>
    /// <param name="attachment">The attachment.</param>
    public Lease? Inspect(AttachmentKey attachment)
    {
        lock (_core.State.Lock)
        {
            return _core.State.FindLease(attachment)?.Lease;
        }
    }

    /// <summary>Replaces the bytes that are kept with a lease.</summary>
    /// <param name="attachment">The attachment that holds the lease.</param>
    /// <param name="payload">The bytes.</param>
    /// <exception cref="IpamException">The attachment holds nothing, or the store failed.</exception>
    public Lease SetPayload(AttachmentKey attachment, ReadOnlyMemory<byte> payload) => _desk.SetPayload(attachment, payload);

    /// <summary>Releases every lease that none of the valid attachments holds; the CNI verb GC asks this.</summary>
    /// <param name="valid">The attachments that exist.</param>
    /// <param name="listTakenAt">When that list was made: younger leases are kept; null means now.</param>
    /// <exception cref="IpamException">The store failed; nothing was released.</exception>
    public CollectResult Collect(IReadOnlySet<AttachmentKey> valid, DateTimeOffset? listTakenAt = null)
    {
        ArgumentNullException.ThrowIfNull(valid);
        return _releases.Collect(valid, listTakenAt ?? DateTimeOffset.MaxValue);
    }

    /// <summary>Takes newer evidence of the kernel: addresses that were held only because the kernel showed them are released when it no longer does.</summary>
    /// <param name="observed">The addresses that pods of this node use.</param>
    public void Observe(IReadOnlyCollection<ObservedAttachment> observed)
    {
        ArgumentNullException.ThrowIfNull(observed);
        _releases.ReleaseUnobserved(observed.Select(attachment => attachment.Address).ToHashSet());
    }

    /// <summary>Takes ENIs from other vSwitches from now on. ENIs that exist stay where they are.</summary>
    /// <param name="vSwitches">The vSwitches, all in the node's zone; empty means the instance's own.</param>
    /// <exception cref="ArgumentException">One of them is named twice.</exception>
    /// <exception cref="InvalidOperationException">The pool was not recovered yet.</exception>
    public void UseVSwitches(IReadOnlyCollection<VSwitchId> vSwitches)
    {
        ArgumentNullException.ThrowIfNull(vSwitches);
        if (vSwitches.Distinct().Count() != vSwitches.Count)
            throw new ArgumentException("A vSwitch is named twice.", nameof(vSwitches));
        lock (_core.State.Lock)
        {
            if (_core.State.Instance is not { } instance)
                throw new InvalidOperationException("A pool takes vSwitches after it was recovered.");
            _core.State.VSwitches.Use(vSwitches.Count > 0 ? vSwitches : [instance.VSwitchId]);
            _core.Log.VSwitchesChanged(string.Join(", ", _core.State.VSwitches.Ids.Select(id => id.Value)));
        }

        _core.Wake.Set();
    }

    /// <summary>What happened to an address lately, oldest first; empty when nothing is remembered of it.</summary>
    /// <param name="address">The address.</param>
    /// <remarks>The pool remembers some two thousand events of addresses and requests and a thousand of ENIs, since the program started.</remarks>
    public ImmutableArray<PoolEvent> HistoryOf(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        lock (_core.State.Lock)
        {
            return [.. _core.State.History.Of(address)];
        }
    }

    /// <summary>What happened to an ENI lately, oldest first; empty when nothing is remembered of it.</summary>
    /// <param name="eni">The ENI.</param>
    public ImmutableArray<PoolEvent> HistoryOf(EniId eni)
    {
        lock (_core.State.Lock)
        {
            return [.. _core.State.History.Of(eni)];
        }
    }

    /// <summary>What happened to a pod's requests and addresses lately, and to the pool while they waited, oldest first.</summary>
    /// <param name="pod">The pod.</param>
    /// <remarks>A request that failed ends with an event that has the <see cref="PoolEvent.Fault"/>: code, cause, owner, and what would help.</remarks>
    public ImmutableArray<PoolEvent> HistoryOf(PodKey pod)
    {
        lock (_core.State.Lock)
        {
            return [.. _core.State.History.Of(pod)];
        }
    }

    /// <summary>The whole pool at this moment.</summary>
    public PoolSnapshot Snapshot()
    {
        lock (_core.State.Lock)
        {
            return SnapshotView.OfLocked(_core, _loop.LastPlan);
        }
    }

    /// <summary>Whether a lease asked for now would be granted.</summary>
    public PoolReadiness CanLease()
    {
        lock (_core.State.Lock)
        {
            var now = _core.Now;
            if (_core.State.Stopping || !_core.State.Recovered)
                return new PoolReadiness(false, NotServing(now));
            var plan = _core.PlanLocked(now);
            var shortage = plan.Hopeless(_core.State.Waiting.Count, now + _core.Options.LeaseTimeout);
            return new PoolReadiness(shortage is null, shortage?.Fault);
        }
    }

    /// <summary>Stops the pool: nobody waits any longer, running calls get <see cref="EniPoolOptions.ShutdownTimeout"/>, leases stay.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_core.State.Lock)
        {
            if (_core.State.Stopping)
                return;
            _core.State.Stopping = true;
        }

        _desk.FailAll();
        var idle = _runner.WhenIdle();
        if (!idle.IsCompleted)
            await Task.WhenAny(idle, Task.Delay(_core.Options.ShutdownTimeout, _core.Clock.Time)).ConfigureAwait(false);
        await _disposing.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _runner.WhenEnded().ConfigureAwait(false);
        _disposing.Dispose();
    }

    private PoolFault NotServing(DateTimeOffset now) => new()
    {
        Code = _core.State.Stopping ? IpamErrorCode.PoolStopping : IpamErrorCode.PoolRecovering,
        Operation = "lease",
        Subject = "the pool",
        Reason = _core.State.Stopping ? "the pool is shutting down" : "the pool is still comparing its store with the node",
        Hint = "Ask again in a moment.",
        Owner = FaultOwner.Node,
        At = now,
    };
}
