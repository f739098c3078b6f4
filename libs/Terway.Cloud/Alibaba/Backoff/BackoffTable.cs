using System.Collections.Frozen;

namespace Terway.Cloud.Alibaba;

/// <summary>Which calls are repeated how: one row per name, and a row for every other name. Immutable.</summary>
/// <remarks>The names are those of Terway's <c>backoff_override</c>; the numbers are this library's own.</remarks>
public sealed class BackoffTable
{
    /// <summary>The row of everything that has no row of its own: reads, changes of attributes, tags.</summary>
    public const string EverythingElse = "";

    /// <summary>CreateNetworkInterface.</summary>
    public const string EniCreate = "eni_create";

    /// <summary>AttachNetworkInterface.</summary>
    public const string EniAttach = "eni_ops";

    /// <summary>DetachNetworkInterface and DeleteNetworkInterface.</summary>
    public const string EniRelease = "eni_release";

    /// <summary>Assign and unassign of addresses and prefixes, of both families.</summary>
    public const string EniAddresses = "eni_ip_ops";

    private static readonly BackoffSchedule Usual = new()
    {
        Delay = TimeSpan.FromSeconds(1),
        Factor = 2,
        Jitter = 0.3,
        Attempts = 4,
        Cap = TimeSpan.FromSeconds(20),
    };

    private readonly FrozenDictionary<string, BackoffSchedule> _rows;

    private BackoffTable(IEnumerable<KeyValuePair<string, BackoffSchedule>> rows) => _rows = rows.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The rows that hold unless they are replaced. The waits of one row together stay below half a minute.</summary>
    public static BackoffTable Default { get; } = new(new Dictionary<string, BackoffSchedule>
    {
        [EverythingElse] = Usual,
        [EniCreate] = Usual,
        [EniAttach] = Usual,
        [EniRelease] = Usual with { Jitter = 0.5 },
        // A conflict with another call for the same ENI lasts about as long as that call: many short waits find its end.
        [EniAddresses] = Usual with { Factor = 1.5, Attempts = 6 },
    });

    /// <summary>Every call is made once.</summary>
    public static BackoffTable Once { get; } = new(Default.Names.Select(name => KeyValuePair.Create(name, new BackoffSchedule())));

    /// <summary>The names that have a row, in ordinal order.</summary>
    public IEnumerable<string> Names => _rows.Keys.Order(StringComparer.Ordinal);

    /// <summary>The row of a name, or that of everything else.</summary>
    /// <param name="name">The name.</param>
    public BackoffSchedule this[string name] => _rows.TryGetValue(name, out var row) ? row : _rows[EverythingElse];

    /// <summary>A table in which one row is replaced.</summary>
    /// <param name="name">A name that has a row.</param>
    /// <param name="schedule">The new row.</param>
    /// <exception cref="ArgumentException">No row has the name, or the schedule is out of its ranges.</exception>
    public BackoffTable With(string name, BackoffSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (!_rows.ContainsKey(name))
            throw new ArgumentException($"'{name}' is no row; the rows are {string.Join(", ", Names.Select(n => $"'{n}'"))}.", nameof(name));
        if (schedule.Validate() is { Count: > 0 } errors)
            throw new ArgumentException($"The schedule of '{name}': {string.Join("; ", errors)}.", nameof(schedule));
        return new BackoffTable(_rows.Where(r => r.Key != name).Append(KeyValuePair.Create(name, schedule)));
    }
}
