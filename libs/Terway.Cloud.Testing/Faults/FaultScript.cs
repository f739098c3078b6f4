using System.Collections.Immutable;

namespace Terway.Cloud.Testing;

/// <summary>The faults that strike, by rules: scripted, random, or both.</summary>
/// <remarks>
/// Safe for concurrent use. The first rule in the order of their addition that is in force and strikes decides; a call meets at most one.
/// The same seed, rules and order of calls give the same faults.
/// </remarks>
public sealed class FaultScript
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly List<Entry> _entries = [];
    private int _added;

    /// <summary>Makes an empty script.</summary>
    /// <param name="seed">Decides what <see cref="FaultRule.Share"/> leaves to chance.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    public FaultScript(int seed = 1, TimeProvider? timeProvider = null)
    {
        _random = new Random(seed);
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>The rules in their order, with what became of them.</summary>
    public ImmutableArray<FaultRuleState> Rules
    {
        get
        {
            lock (_gate)
            {
                var now = _time.GetUtcNow();
                return [.. _entries.Select(e => new FaultRuleState(e.Id, e.Rule, e.Since, e.Matched, e.Fired, e.IsInForce(now)))];
            }
        }
    }

    /// <summary>Adds a rule after those that are there.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>Its name in the script.</returns>
    /// <exception cref="ArgumentException">The rule is out of its ranges.</exception>
    public string Add(FaultRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (rule.Validate() is { Count: > 0 } errors)
            throw new ArgumentException($"The fault rule: {string.Join("; ", errors)}.", nameof(rule));
        lock (_gate)
        {
            var entry = new Entry($"fault-{++_added}", rule, _time.GetUtcNow());
            _entries.Add(entry);
            return entry.Id;
        }
    }

    /// <summary>Takes a rule away.</summary>
    /// <param name="id">Its name.</param>
    /// <returns>Whether it was there.</returns>
    public bool Remove(string id)
    {
        lock (_gate)
            return _entries.RemoveAll(e => e.Id == id) > 0;
    }

    /// <summary>Takes every rule away.</summary>
    public void Clear()
    {
        lock (_gate)
            _entries.Clear();
    }

    /// <summary>What shall go wrong with a call; null for nothing. Counts as a strike.</summary>
    /// <param name="call">The call.</param>
    public EmulatedFault? Decide(EmulatedCall call) => Strike(call)?.Rule.Fault;

    internal FaultRuleState? Strike(EmulatedCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        lock (_gate)
        {
            if (_entries.Count == 0)
                return null;
            var now = _time.GetUtcNow();
            foreach (var entry in _entries)
            {
                if (!entry.IsInForce(now) || !entry.Rule.Matches(call) || ++entry.Matched <= entry.Rule.Skip)
                    continue;
                if (entry.Rule.Share < 1 && _random.NextDouble() >= entry.Rule.Share)
                    continue;
                entry.Fired++;
                return new FaultRuleState(entry.Id, entry.Rule, entry.Since, entry.Matched, entry.Fired, entry.IsInForce(now));
            }
            return null;
        }
    }

    private sealed class Entry(string id, FaultRule rule, DateTimeOffset since)
    {
        internal string Id { get; } = id;

        internal FaultRule Rule { get; } = rule;

        internal DateTimeOffset Since { get; } = since;

        internal int Matched { get; set; }

        internal int Fired { get; set; }

        internal bool IsInForce(DateTimeOffset now) => !(Fired >= Rule.Times) && !(now - Since >= Rule.For);
    }
}
