using Terway.Policy.Nftables.Internal;

namespace Terway.Policy.Nftables;

/// <summary>Renders what <see cref="PolicyCalculator"/> publishes to a table of nftables, change by change.</summary>
/// <remarks>
/// A table of its own in family <c>inet</c>, which never looks at what is not a pod's and decides nothing for other tables: its accept ends only
/// its own chains. What it holds depends on what it was told, not on how that came. Not safe for use by several threads at once.
/// </remarks>
public sealed class NftablesRenderer
{
    private readonly NftablesOptions _options;
    private readonly SetTable _sets = new();
    private readonly ChainTable _chains = new();
    private readonly IpSetRenderer _ipSets;
    private readonly PolicyRenderer _policies;
    private readonly EndpointRenderer _endpoints;

    /// <summary>Begins with a ruleset that knows no pod.</summary>
    /// <param name="options">How to render; null for the defaults.</param>
    public NftablesRenderer(NftablesOptions? options = null)
    {
        _options = options ?? new();
        ArgumentException.ThrowIfNullOrEmpty(_options.Table, nameof(options));
        ArgumentException.ThrowIfNullOrEmpty(_options.InterfacePrefix, nameof(options));
        _ipSets = new(_sets);
        _policies = new(_options, _ipSets, _sets, _chains);
        _endpoints = new(_options, _policies, _sets, _chains);
    }

    /// <summary>The whole table as it should stand. Copies it: this is for a start, a repair and people, not for every change.</summary>
    public Ruleset Ruleset => new(_options.Table, _sets.Contents, _chains.Chains);

    /// <summary>A chain of the table.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The chain; null where there is none.</returns>
    public RulesetChain? FindChain(string name) => _chains.Find(name);

    /// <summary>Takes events and returns what they change; the first time also the chains that stand without any pod.</summary>
    /// <param name="events">The events, in their order.</param>
    public RulesetChange Apply(IEnumerable<PolicyEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        foreach (var change in events)
            Apply(change);
        _policies.Render();
        _endpoints.Render();
        var (put, removed) = _chains.Flush();
        return _sets.Flush() with { PutChains = put, RemovedChains = removed };
    }

    private void Apply(PolicyEvent change)
    {
        switch (change)
        {
            case IpSetUpdated set:
                _ipSets.Set(set, _policies);
                break;
            case IpSetChanged set:
                _ipSets.Change(set, _policies);
                break;
            case IpSetRemoved set:
                _ipSets.Remove(set.Id);
                break;
            case PolicyUpdated policy:
                _policies.Set(policy.Policy);
                _endpoints.PolicyChanged(policy.Policy.Key);
                break;
            case PolicyRemoved policy:
                _policies.Remove(policy.Key);
                _endpoints.PolicyChanged(policy.Key);
                break;
            case ProfileUpdated profile:
                _endpoints.SetProfile(profile.Profile);
                break;
            case ProfileRemoved profile:
                _endpoints.RemoveProfile(profile.Name);
                break;
            case EndpointUpdated endpoint:
                _endpoints.Set(endpoint.Endpoint);
                break;
            case EndpointRemoved endpoint:
                _endpoints.Remove(endpoint.Pod);
                break;
        }
    }
}
