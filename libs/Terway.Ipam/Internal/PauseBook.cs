using System.Collections.Frozen;
using Terway.Ipam.Planning;

namespace Terway.Ipam.Internal;

/// <summary>Which kinds of action must pause, until when, and why; and every fault that still stands.</summary>
internal sealed class PauseBook(Random random)
{
    private const int MostDoublings = 4;

    private readonly Dictionary<ActionKind, Pause> _pauses = [];
    private readonly Dictionary<ActionKind, int> _failures = [];
    private readonly SortedDictionary<string, PoolFault> _faults = new(StringComparer.Ordinal);

    public IEnumerable<PoolFault> Faults => _faults.Values;

    public FrozenDictionary<ActionKind, Pause> Active(DateTimeOffset now) =>
        _pauses.Count == 0
            ? FrozenDictionary<ActionKind, Pause>.Empty
            : _pauses.Where(pause => pause.Value.Until > now).ToFrozenDictionary();

    /// <summary>Pauses a kind of action for a growing time; the cloud's own wish counts when it is longer.</summary>
    public void Grow(ActionKind kind, PoolFault fault, TimeSpan? asked, DateTimeOffset now)
    {
        var failures = _failures[kind] = _failures.GetValueOrDefault(kind) + 1;
        var delay = Backoff.ForAction.Delay(failures, random);
        Set(kind, fault, now + (asked > delay ? asked.Value : delay));
    }

    /// <summary>Pauses a kind of action for a measure that doubles while the cloud says the same again and again.</summary>
    public void Double(ActionKind kind, PoolFault fault, TimeSpan measure, DateTimeOffset now)
    {
        var failures = _failures[kind] = _failures.GetValueOrDefault(kind) + 1;
        Set(kind, fault, now + measure * Math.Pow(2, Math.Min(failures - 1, MostDoublings)));
    }

    public void Set(ActionKind kind, PoolFault fault, DateTimeOffset until)
    {
        _pauses[kind] = new Pause(until, fault);
        Keep(kind.ToString(), fault);
    }

    /// <summary>Keeps a fault; true when it is news.</summary>
    public bool Keep(string key, PoolFault fault)
    {
        var isNews = !_faults.TryGetValue(key, out var known) || known.Reason != fault.Reason;
        _faults[key] = fault;
        return isNews;
    }

    public void Clear(string key) => _faults.Remove(key);

    public void Succeeded(ActionKind kind)
    {
        _failures.Remove(kind);
        _pauses.Remove(kind);
        _faults.Remove(kind.ToString());
    }
}
