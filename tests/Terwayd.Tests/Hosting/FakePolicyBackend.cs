using System.Collections.Immutable;
using Terway.Policy;
using Terway.Policy.Dataplane;

namespace Terwayd.Tests.Hosting;

/// <summary>A kernel that only remembers what it is told to enforce, and may refuse to be told. It outlives the daemons that use it.</summary>
internal sealed class FakePolicyBackend : IPolicyBackend
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ResourceKey, LocalEndpoint> _endpoints = [];
    private readonly Dictionary<ResourceKey, ActivePolicy> _policies = [];
    private readonly List<PolicyEvent> _kept = [];
    private volatile bool _isDeaf;

    internal int Applications { get; private set; }

    internal int Removals { get; private set; }

    /// <summary>Whether each attempt fails; what was asked for meanwhile is done when it hears again and is asked to repair.</summary>
    internal bool IsDeaf
    {
        get => _isDeaf;
        set => _isDeaf = value;
    }

    internal LocalEndpoint? Find(string pod)
    {
        lock (_gate)
            return _endpoints.GetValueOrDefault(ResourceKey.Pod("default", pod));
    }

    internal IReadOnlyList<string> Policies
    {
        get
        {
            lock (_gate)
                return [.. _policies.Keys.Select(k => k.ToString()).Order(StringComparer.Ordinal)];
        }
    }

    public BackendReport Apply(IReadOnlyList<PolicyEvent> events)
    {
        lock (_gate)
        {
            Applications++;
            _kept.AddRange(events);
            return Reconcile();
        }
    }

    public BackendReport Reconcile()
    {
        lock (_gate)
        {
            if (IsDeaf)
                throw new PolicyDataplaneException("PolicyKernelRefused", "the fake kernel was told to refuse", "tell it not to");
            var count = _kept.Count;
            _kept.ForEach(Take);
            _kept.Clear();
            return new(count, []);
        }
    }

    public Task WaitForForeignChangeAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);

    public IReadOnlyList<PolicyCounter> ReadCounters() => [];

    public void Remove()
    {
        lock (_gate)
        {
            Removals++;
            _endpoints.Clear();
            _policies.Clear();
        }
    }

    public void Dispose()
    {
        // What is enforced stays, as in the kernel.
    }

    private void Take(PolicyEvent change)
    {
        switch (change)
        {
            case EndpointUpdated updated:
                _endpoints[updated.Endpoint.Pod] = updated.Endpoint;
                break;
            case EndpointRemoved removed:
                _endpoints.Remove(removed.Pod);
                break;
            case PolicyUpdated updated:
                _policies[updated.Policy.Key] = updated.Policy;
                break;
            case PolicyRemoved removed:
                _policies.Remove(removed.Key);
                break;
        }
    }
}
