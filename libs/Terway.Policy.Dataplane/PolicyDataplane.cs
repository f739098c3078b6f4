using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Terway.Policy.Dataplane;

/// <summary>Keeps the kernel enforcing what a <see cref="PolicyCalculator"/> publishes, and tells when a pod's policies stand.</summary>
/// <remarks>
/// Thread-safe: changes take turns, in the order in which they were asked for. What was put into the kernel stays there when this is disposed of, so that
/// a restart opens and closes nothing.
/// </remarks>
public sealed class PolicyDataplane : IDisposable
{
    private readonly IPolicyBackend _backend;
    private readonly PolicyDataplaneOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _repairWanted = new(0, 1);
    private readonly List<EndpointWaiter> _waiters = [];

    /// <summary>Events that the backend took while it could not reach the kernel, and those of the present turn.</summary>
    private readonly List<PolicyEvent> _unpublished = [];
    private DataplaneStatus _status = new(ImmutableDictionary<ResourceKey, EndpointInForce>.Empty, [], 0, null);

    /// <summary>Begins without having looked at the kernel; the first <see cref="ApplyAsync"/> does.</summary>
    /// <param name="backend">How to enforce; owned and disposed of.</param>
    /// <param name="options">How to look after it; null for the defaults.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="log">Where to log; null for nowhere.</param>
    public PolicyDataplane(IPolicyBackend backend, PolicyDataplaneOptions? options = null, TimeProvider? time = null, ILogger<PolicyDataplane>? log = null)
    {
        ArgumentNullException.ThrowIfNull(backend);
        _backend = backend;
        _options = options ?? new();
        _time = time ?? TimeProvider.System;
        _log = log ?? NullLogger<PolicyDataplane>.Instance;
    }

    /// <summary>What is enforced now.</summary>
    public DataplaneStatus Status
    {
        get
        {
            lock (_lock)
                return _status;
        }
    }

    /// <summary>Puts events into the kernel: when it returns, what they say is enforced, but for what the report names.</summary>
    /// <param name="events">What <see cref="PolicyCalculator.Flush"/> gave; the first time all of a start, also when that is nothing.</param>
    /// <param name="cancellationToken">Ends the waiting for a turn; a change that began is finished.</param>
    /// <exception cref="PolicyDataplaneException">Nothing could be done; the events are kept and are put in with the next change or repair.</exception>
    public async Task<BackendReport> ApplyAsync(IReadOnlyList<PolicyEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _unpublished.AddRange(events);
            var report = _backend.Apply(events);
            Publish(report);
            return report;
        }
        catch (PolicyDataplaneException)
        {
            WantRepair();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Waits until a pod's policies are in the kernel, so that its first packet gets the right verdict.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="addresses">The addresses that it will send from; all of them must be known to policy.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<EndpointReadiness> EnsureEndpointAsync(
        ResourceKey pod, IReadOnlyCollection<IPAddress> addresses, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        var waiter = new EndpointWaiter(pod, [.. addresses]);
        lock (_lock)
        {
            if (waiter.IsSatisfiedBy(_status))
                return ReadinessOf(waiter);
            _waiters.Add(waiter);
        }

        try
        {
            await waiter.Task.WaitAsync(patience, _time, cancellationToken).ConfigureAwait(false);
            return ReadinessOf(waiter);
        }
        catch (TimeoutException)
        {
            return EndpointReadiness.TimedOut;
        }
        finally
        {
            lock (_lock)
                _waiters.Remove(waiter);
        }
    }

    /// <summary>Mends what others change as soon as they do, and compares everything from time to time. Runs until cancelled.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await WaitForReasonAsync(cancellationToken).ConfigureAwait(false);
            while (!await TryRepairAsync(cancellationToken).ConfigureAwait(false))
                await Task.Delay(_options.RetryDelay, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads back what the kernel enforces and mends what differs.</summary>
    /// <param name="cancellationToken">Ends the waiting for a turn.</param>
    /// <exception cref="PolicyDataplaneException">Nothing could be done.</exception>
    public async Task<BackendReport> ReconcileAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var report = _backend.Reconcile();
            Publish(report);
            lock (_lock)
                _status = _status with { LastVerified = _time.GetUtcNow(), Repairs = _status.Repairs + (report.Modifications > 0 ? 1 : 0) };
            return report;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What was counted, by policy and direction.</summary>
    /// <param name="cancellationToken">Ends the waiting for a turn.</param>
    /// <exception cref="PolicyDataplaneException">The kernel did not tell.</exception>
    public async Task<IReadOnlyList<PolicyCounter>> ReadCountersAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _backend.ReadCounters();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _backend.Dispose();
        _turn.Dispose();
        _repairWanted.Dispose();
    }

    private async Task WaitForReasonAsync(CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var refresh = Task.Delay(_options.RefreshInterval, _time, enough.Token);
        var foreign = _backend.WaitForForeignChangeAsync(enough.Token);
        var wanted = _repairWanted.WaitAsync(enough.Token);
        var first = await Task.WhenAny(refresh, foreign, wanted).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        await first.ConfigureAwait(false);
    }

    private void WantRepair()
    {
        lock (_lock)
        {
            if (_repairWanted.CurrentCount == 0)
                _repairWanted.Release();
        }
    }

    private async Task<bool> TryRepairAsync(CancellationToken cancellationToken)
    {
        try
        {
            var report = await ReconcileAsync(cancellationToken).ConfigureAwait(false);
            if (report.Modifications > 0)
                _log.Repaired(report.Modifications);
            return true;
        }
        catch (PolicyDataplaneException e)
        {
            _log.RepairFailed(e.Code, _options.RetryDelay, e.Hint, e);
            return false;
        }
    }

    private void Publish(BackendReport report)
    {
        List<EndpointWaiter> satisfied;
        DataplaneStatus former;
        lock (_lock)
        {
            former = _status;
            _status = former with { Endpoints = Follow(former.Endpoints, _unpublished), Refused = report.Refused };
            satisfied = _waiters.FindAll(w => w.IsSatisfiedBy(_status));
        }

        _unpublished.Clear();
        satisfied.ForEach(w => w.Complete());
        foreach (var refused in report.Refused.Except(former.Refused))
            _log.Refused(refused.Subject, refused.Reason, refused.Code, refused.Hint);
        foreach (var subject in former.Refused.Select(r => r.Subject).Except(report.Refused.Select(r => r.Subject), StringComparer.Ordinal))
            _log.Recovered(subject);
    }

    private EndpointReadiness ReadinessOf(EndpointWaiter waiter)
    {
        var status = Status;
        return status.Endpoints.TryGetValue(waiter.Pod, out var found) && status.Refused.Any(r => Concerns(r, found.Endpoint))
            ? EndpointReadiness.Closed
            : EndpointReadiness.Ready;
    }

    private static bool Concerns(RefusedObject refused, LocalEndpoint endpoint) =>
        refused.Resource is { } key && (key == endpoint.Pod || endpoint.Tiers.Any(t => t.Ingress.Contains(key) || t.Egress.Contains(key)));

    private ImmutableDictionary<ResourceKey, EndpointInForce> Follow(ImmutableDictionary<ResourceKey, EndpointInForce> endpoints, IReadOnlyList<PolicyEvent> events)
    {
        foreach (var change in events)
        {
            endpoints = change switch
            {
                EndpointUpdated updated => endpoints.SetItem(updated.Endpoint.Pod, new(updated.Endpoint, _time.GetUtcNow())),
                EndpointRemoved removed => endpoints.Remove(removed.Pod),
                _ => endpoints,
            };
        }

        return endpoints;
    }
}
