namespace Terway.Policy.Calculation;

/// <summary>A dataplane that only keeps what it is told, and objects to an event that refers to what is not there.</summary>
internal sealed class NodeState
{
    public Dictionary<string, HashSet<IpSetMember>> Sets { get; } = new(StringComparer.Ordinal);

    public Dictionary<ResourceKey, ActivePolicy> Policies { get; } = [];

    public Dictionary<string, ActiveProfile> Profiles { get; } = new(StringComparer.Ordinal);

    public Dictionary<ResourceKey, LocalEndpoint> Endpoints { get; } = [];

    public void Apply(IEnumerable<PolicyEvent> events)
    {
        foreach (PolicyEvent change in events)
        {
            Apply(change);
            ThrowOnDanglingReference(change);
        }
    }

    public string Describe()
    {
        IEnumerable<string> sets = Sets.Select(s => $"set {s.Key}: {string.Join(' ', s.Value.Select(m => m.ToString()).Order(StringComparer.Ordinal))}");
        IEnumerable<string> policies = Policies.Values.Select(p => $"policy {p}");
        IEnumerable<string> profiles = Profiles.Values.Select(p => $"profile {p}");
        IEnumerable<string> endpoints = Endpoints.Values.Select(e => $"endpoint {e}");
        return string.Join('\n', sets.Concat(policies).Concat(profiles).Concat(endpoints).Order(StringComparer.Ordinal));
    }

    private void Apply(PolicyEvent change)
    {
        switch (change)
        {
            case IpSetUpdated set:
                Sets[set.Id] = [.. set.Members];
                Sets[set.Id].Should().HaveCount(set.Members.Count, "no member is told twice");
                break;
            case IpSetChanged set:
                set.Added.All(Sets[set.Id].Add).Should().BeTrue("what is added was not there");
                set.Removed.All(Sets[set.Id].Remove).Should().BeTrue("what is removed was there");
                break;
            case IpSetRemoved set:
                Sets.Remove(set.Id).Should().BeTrue();
                break;
            case PolicyUpdated policy:
                Policies[policy.Policy.Key] = policy.Policy;
                break;
            case PolicyRemoved policy:
                Policies.Remove(policy.Key).Should().BeTrue();
                break;
            case ProfileUpdated profile:
                Profiles[profile.Profile.Name] = profile.Profile;
                break;
            case ProfileRemoved profile:
                Profiles.Remove(profile.Name).Should().BeTrue();
                break;
            case EndpointUpdated endpoint:
                Endpoints[endpoint.Endpoint.Pod] = endpoint.Endpoint;
                break;
            case EndpointRemoved endpoint:
                Endpoints.Remove(endpoint.Pod).Should().BeTrue();
                break;
        }
    }

    private void ThrowOnDanglingReference(PolicyEvent change)
    {
        if (change is not (IpSetRemoved or PolicyUpdated or PolicyRemoved or ProfileRemoved or EndpointUpdated))
        {
            return;
        }

        string? dangling =
            Policies.Values.SelectMany(SetsOf).FirstOrDefault(id => !Sets.ContainsKey(id))
            ?? Endpoints.Values.SelectMany(e => e.Profiles).FirstOrDefault(n => !Profiles.ContainsKey(n))
            ?? Endpoints.Values.SelectMany(e => e.Tiers).SelectMany(t => t.Ingress.Concat(t.Egress)).Where(k => !Policies.ContainsKey(k)).Select(k => k.ToString()).FirstOrDefault();
        dangling.Should().BeNull($"{change} leaves a reference to it");
    }

    private static IEnumerable<string> SetsOf(ActivePolicy policy) =>
        policy.Ingress.Concat(policy.Egress).SelectMany(r => new[] { r.Source, r.Destination })
            .SelectMany(e => new[] { e.Set, e.NotSet }.OfType<string>().Concat(e.PortSets).Concat(e.NotPortSets));
}
