using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Terway.Policy.Nftables.Internal;

/// <summary>The chains of the table, and which of them differ from what was last published.</summary>
internal sealed class ChainTable
{
    private readonly Dictionary<string, RulesetChain> _chains = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RulesetChain> _published = new(StringComparer.Ordinal);
    private readonly HashSet<string> _dirty = new(StringComparer.Ordinal);

    internal FrozenDictionary<string, RulesetChain> Chains => _chains.ToFrozenDictionary(StringComparer.Ordinal);

    internal RulesetChain? Find(string name) => _chains.GetValueOrDefault(name);

    internal void Put(RulesetChain chain)
    {
        _chains[chain.Name] = chain;
        _dirty.Add(chain.Name);
    }

    internal void Remove(string name)
    {
        if (_chains.Remove(name))
            _dirty.Add(name);
    }

    internal (ImmutableArray<RulesetChain> Put, ImmutableArray<string> Removed) Flush()
    {
        List<RulesetChain> put = [];
        List<string> removed = [];
        foreach (var name in _dirty.Order(StringComparer.Ordinal))
        {
            if (!_chains.TryGetValue(name, out var chain))
            {
                if (_published.Remove(name))
                    removed.Add(name);
            }
            else if (!_published.TryGetValue(name, out var former) || !former.Equals(chain))
            {
                _published[name] = chain;
                put.Add(chain);
            }
        }

        _dirty.Clear();
        return ([.. put], [.. removed]);
    }
}
