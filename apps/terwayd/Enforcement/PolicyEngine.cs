using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Terway.Cni.Daemon;
using Terway.Ipam;
using Terway.Policy;
using Terway.Policy.Dataplane;
using Terwayd.Node;

namespace Terwayd.Enforcement;

/// <summary>
/// Brings the source's objects and this node's pods together, calculates, and hands what changes to the dataplane. One loop; whatever
/// arrives while it works is taken together next time, so what waits is bounded by what there is.
/// </summary>
internal sealed class PolicyEngine : IPodPolicy, IDisposable
{
    /// <summary>The source waits when it is so far ahead of the kernel.</summary>
    private const int MostPendingChanges = 64;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wanted = new(0, 1);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly NodeIdentity _node;
    private readonly IResourceSource _source;
    private readonly PolicyDataplane _dataplane;
    private readonly PolicySettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<PolicyEngine> _logger;
    private readonly PolicyCalculator _calculator;
    private readonly NodePods _pods;
    private readonly List<PodChange> _podChanges = [];
    private readonly Channel<ResourceChanges> _sourceChanges = Channel.CreateBounded<ResourceChanges>(MostPendingChanges);
    private readonly PolicyRecord _record = new();

    public PolicyEngine(
        NodeIdentity node, IResourceSource source, PolicyDataplane dataplane, PolicySettings settings, TimeProvider time, ILogger<PolicyEngine> logger)
    {
        (_node, _source, _dataplane, _settings, _time, _logger) = (node, source, dataplane, settings, time, logger);
        _calculator = new(node.Name);
        _pods = new(node.Name, source.ImpliesNamespaces);
    }

    /// <summary>Completes when all that the source held at the start is in the kernel.</summary>
    internal Task Started => _started.Task;

    public async Task AdmitAsync(Lease lease, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        Note(new(lease, IsHeld: true));
        var readiness = await _dataplane.EnsureEndpointAsync(NodePods.KeyOf(lease), NodePods.AddressesOf(lease), _settings.Patience, cancellationToken);
        var took = _time.GetElapsedTime(began);
        _record.Waited(took);
        switch (readiness)
        {
            case EndpointReadiness.Ready:
                _logger.PolicyStands(lease.Pod.ToString(), took.TotalMilliseconds);
                break;
            case EndpointReadiness.Closed:
                _logger.PodClosed(lease.Pod.ToString(), string.Join("; ", _dataplane.Status.Refused));
                break;
            default:
                _logger.PolicyLate(lease.Pod.ToString(), took.TotalMilliseconds, _settings.Fallback.ToString());
                if (_settings.Fallback is PolicyFallback.Refuse)
                    throw Late(lease);
                break;
        }
    }

    public void Dismiss(Lease lease) => Note(new(lease, IsHeld: false));

    public PolicyRow Describe() => _record.Describe(_node.Name, _dataplane.Status);

    public void Dispose() => _wanted.Dispose();

    /// <summary>Follows the source and applies, until cancelled.</summary>
    internal async Task RunAsync(IEnumerable<Lease> held, CancellationToken cancellationToken)
    {
        foreach (var lease in held)
            Note(new(lease, IsHeld: true));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] loops = [FollowAsync(end.Token), ApplyAsync(end.Token), _dataplane.RunAsync(end.Token)];
        var first = await Task.WhenAny(loops);
        await end.CancelAsync();
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (first.Exception is { } failure)
            _started.TrySetException(failure.InnerExceptions);
        await first;
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (var changes in _source.WatchAsync(cancellationToken))
        {
            await _sourceChanges.Writer.WriteAsync(changes, cancellationToken);
            Wake();
        }
    }

    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _wanted.WaitAsync(cancellationToken);
            var (revision, hasStarted) = Take();
            if (!hasStarted)
                continue;
            await ApplyAsync(_calculator.Flush(), revision, cancellationToken);
        }
    }

    private async Task ApplyAsync(ImmutableArray<PolicyEvent> events, string revision, CancellationToken cancellationToken)
    {
        try
        {
            if (events.IsEmpty && Started.IsCompleted)
            {
                _record.Unchanged(revision, _time.GetUtcNow());
                return;
            }

            var report = await _dataplane.ApplyAsync(events, cancellationToken);
            _logger.PolicyApplied(events.Length, report.Modifications, revision);
            _record.InForce(revision, _time.GetUtcNow());
            _started.TrySetResult();
        }
        catch (PolicyDataplaneException e)
        {
            // The dataplane keeps the events and tries again by itself; pods that wait for them go on waiting, bounded.
            _record.Failed($"{e.Code}: {e.Message}. {e.Hint}", revision, _time.GetUtcNow());
            _logger.PolicyNotApplied(e.Code, e.Hint, e);
        }
    }

    /// <summary>Gives the calculator all that has arrived. Nothing is calculated before the source has told all that it has.</summary>
    private (string Revision, bool HasStarted) Take()
    {
        while (_sourceChanges.Reader.TryRead(out var changes))
        {
            _record.Read(changes.Revision);
            Apply(_pods.Take(changes));
        }

        List<PodChange> podChanges;
        lock (_gate)
        {
            podChanges = [.. _podChanges];
            _podChanges.Clear();
        }

        foreach (var change in podChanges)
            Apply(change.IsHeld ? _pods.Take(change.Lease) : _pods.Return(change.Lease));
        return (_record.LatestRevision ?? "", _record.LatestRevision is not null);
    }

    private void Apply(IEnumerable<(ResourceKey Key, Resource? Resource)> changes)
    {
        foreach (var (key, resource) in changes)
        {
            if (resource is null)
                _calculator.Remove(key);
            else
                _calculator.Apply(resource);
        }
    }

    private void Note(PodChange change)
    {
        lock (_gate)
        {
            _podChanges.RemoveAll(c => c.Lease.Attachment == change.Lease.Attachment);
            _podChanges.Add(change);
        }

        Wake();
    }

    private void Wake()
    {
        lock (_gate)
        {
            if (_wanted.CurrentCount == 0)
                _wanted.Release();
        }
    }

    private DaemonException Late(Lease lease) => new(new DaemonError(
        ErrorCode.PolicyNotReady,
        $"admit {lease.Pod}: its network policy is not in the kernel after {_settings.Patience.TotalSeconds:0.###} s",
        _record.Failure,
        "see the daemon's log and 'terwayd policy show'; network_policy_timeout says how long to wait"));

    /// <summary>A pod came or went. Of one attachment the last word counts.</summary>
    private sealed record PodChange(Lease Lease, bool IsHeld);
}
