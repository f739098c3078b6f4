using Terway.Policy;
using Terway.Policy.Dataplane;

namespace Terwayd.Enforcement;

/// <summary>What the engine remembers for people. Thread-safe.</summary>
internal sealed class PolicyRecord
{
    private readonly Lock _gate = new();
    private string? _latest;
    private string? _inForce;
    private DateTimeOffset? _since;
    private (string Reason, string Revision, DateTimeOffset At)? _failure;
    private int _waits;
    private TimeSpan _lastWait;
    private TimeSpan _longestWait;

    /// <summary>What the source said last; null before it said anything.</summary>
    internal string? LatestRevision
    {
        get
        {
            lock (_gate)
                return _latest;
        }
    }

    /// <summary>Why the last attempt failed, if it did.</summary>
    internal string? Failure
    {
        get
        {
            lock (_gate)
                return _failure?.Reason;
        }
    }

    internal void Read(string revision)
    {
        lock (_gate)
            _latest = revision;
    }

    internal void InForce(string revision, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (_inForce != revision)
                (_inForce, _since) = (revision, at);
            _failure = null;
        }
    }

    /// <summary>A revision of which this node needs nothing new: in force if the one before is.</summary>
    internal void Unchanged(string revision, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (_failure is { } failure)
                _failure = failure with { Revision = revision };
            else if (_inForce != revision)
                (_inForce, _since) = (revision, at);
        }
    }

    internal void Failed(string reason, string revision, DateTimeOffset at)
    {
        lock (_gate)
            _failure = (reason, revision, at);
    }

    internal void Waited(TimeSpan time)
    {
        lock (_gate)
        {
            _waits++;
            _lastWait = time;
            _longestWait = time > _longestWait ? time : _longestWait;
        }
    }

    internal PolicyRow Describe(string node, DataplaneStatus status)
    {
        lock (_gate)
        {
            // The dataplane repairs what failed by itself; when it has verified since, what failed stands.
            if (_failure is { } failure && status.LastVerified > failure.At)
                (_inForce, _since, _failure) = (failure.Revision, status.LastVerified, null);
            return new()
            {
                Node = node,
                State = _failure is not null ? PolicyRow.Failing : _inForce is null ? PolicyRow.Starting : PolicyRow.InForce,
                Reason = _failure?.Reason,
                Revision = _inForce,
                Since = _since,
                Verified = status.LastVerified,
                Repairs = status.Repairs,
                Waits = new(_waits, _lastWait.TotalMilliseconds, _longestWait.TotalMilliseconds),
                Endpoints = [.. status.Endpoints.Values.OrderBy(e => e.Endpoint.Pod).Select(Describe)],
                Refused = [.. status.Refused.Select(r => new RefusalRow(r.Code, r.Subject, r.Resource?.ToString(), r.Reason, r.Hint))],
            };
        }
    }

    private static EndpointRow Describe(EndpointInForce entry) => new(
        $"{entry.Endpoint.Pod.Namespace}/{entry.Endpoint.Pod.Name}",
        entry.Endpoint.InterfaceName,
        [.. entry.Endpoint.Addresses.Select(a => a.ToString())],
        Names(entry.Endpoint, t => t.Ingress),
        Names(entry.Endpoint, t => t.Egress),
        entry.Since);

    private static List<string> Names(LocalEndpoint endpoint, Func<EndpointTier, EquatableArray<ResourceKey>> policies) =>
        [.. endpoint.Tiers.SelectMany(t => policies(t).Select(p => $"{t.Name}: {p}"))];
}
