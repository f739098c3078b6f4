namespace Terway.Policy.Nftables;

/// <summary>Applies changes as the kernel does, and objects to what it would refuse.</summary>
internal sealed class StrictKernel
{
    public Dictionary<string, RulesetSet> Sets { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, HashSet<RulesetElement>> Elements { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, RulesetChain> Chains { get; } = new(StringComparer.Ordinal);

    public void Apply(RulesetChange change)
    {
        foreach (RulesetSetContent content in change.AddedSets)
        {
            Sets.Add(content.Set.Name, content.Set);
            Elements.Add(content.Set.Name, [.. content.Elements]);
            Elements[content.Set.Name].Should().HaveCount(content.Elements.Length);
        }

        foreach (RulesetChain chain in change.PutChains)
        {
            Chains[chain.Name] = chain;
        }

        foreach (ElementChange elements in change.Elements)
        {
            elements.Removed.All(Elements[elements.Set.Name].Remove).Should().BeTrue("what goes was there");
            elements.Added.All(Elements[elements.Set.Name].Add).Should().BeTrue("what comes was not there");
        }

        change.RemovedChains.All(Chains.Remove).Should().BeTrue();
        change.RemovedSets.All(Sets.Remove).Should().BeTrue();
        change.RemovedSets.All(Elements.Remove).Should().BeTrue();
        ThrowOnDanglingReference();
        ThrowOnOverlap();
    }

    public void ShouldEqual(Ruleset ruleset)
    {
        Sets.Keys.Order(StringComparer.Ordinal).Should().Equal(ruleset.Sets.Keys.Order(StringComparer.Ordinal));
        Chains.Keys.Order(StringComparer.Ordinal).Should().Equal(ruleset.Chains.Keys.Order(StringComparer.Ordinal));
        foreach (RulesetSetContent content in ruleset.Sets.Values)
        {
            Sets[content.Set.Name].Should().Be(content.Set);
            Elements[content.Set.Name].SetEquals(content.Elements).Should().BeTrue($"set {content.Set.Name} holds what it should");
        }

        Chains.Values.Where(c => !ruleset.Chains[c.Name].Equals(c)).Should().BeEmpty();
    }

    private void ThrowOnDanglingReference()
    {
        RuleStatement? dangling = Chains.Values.SelectMany(c => c.Rules).SelectMany(r => r.Statements).FirstOrDefault(s => !IsWhole(s));
        dangling.Should().BeNull("it refers to what is there");
        Elements.Values.SelectMany(e => e).Where(e => e.Verdict?.Chain is { } chain && !Chains.ContainsKey(chain)).Should().BeEmpty();
    }

    private bool IsWhole(RuleStatement statement) => statement switch
    {
        SetMatch match => Sets.TryGetValue(match.Set, out RulesetSet? set) && set.Key.Count == match.Fields.Count,
        MapVerdict map => Sets.TryGetValue(map.Map, out RulesetSet? set) && set.IsVerdictMap,
        VerdictStatement { Verdict.Chain: { } chain } => Chains.ContainsKey(chain),
        _ => true,
    };

    private void ThrowOnOverlap()
    {
        foreach (HashSet<RulesetElement> elements in Sets.Values.Where(s => s.IsInterval).Select(s => Elements[s.Name]))
        {
            elements.Where(e => e.Network is { } own && elements.Any(o => o != e && o.Network!.Value.Contains(own.BaseAddress))).Should().BeEmpty();
            elements.Where(e => e.Ports is { } own && elements.Any(o => o != e && o.Ports!.Value.Contains(own.First))).Should().BeEmpty();
        }

        foreach (HashSet<RulesetElement> elements in Sets.Values.Where(s => s.IsVerdictMap).Select(s => Elements[s.Name]))
        {
            elements.Select(e => e.Interface).Should().OnlyHaveUniqueItems();
        }
    }
}
