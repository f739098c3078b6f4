using Terway.Cloud.Alibaba;

namespace Terwayd.Configuration;

/// <summary>
/// Reads <c>backoff_override</c>: rows of the table of back-offs, with upstream's fields and units. A row is replaced as a whole, but
/// for an initial delay of zero, which leaves the table's own.
/// </summary>
internal static class BackoffOverride
{
    private const string Expected =
        "an object of name to {\"InitialDelay\", \"Duration\", \"Factor\", \"Jitter\", \"Steps\", \"Cap\"}, times in nanoseconds";

    private static readonly string[] Fields = ["InitialDelay", "Duration", "Factor", "Jitter", "Steps", "Cap"];

    internal static void Read(EniConfigurationDraft draft, ConfigurationValue value)
    {
        _ = value.Map(Expected, entry =>
        {
            var name = entry.Key[(value.Key.Length + 1)..];
            var fields = entry.Map(Expected, field => (object?)field.Number(minimum: 0));
            if (fields is null)
                return entry.Key;
            if (fields.Keys.FirstOrDefault(f => !Fields.Contains(f)) is { } unknown)
                entry.Reject($"\"{unknown}\" is no field of it, expected {string.Join(", ", Fields)}");
            else if (!BackoffTable.Default.Names.Contains(name))
                draft.Warnings.Add($"{entry.Key}: has no effect: the pool itself watches what changes, and repeats only the calls of {Names()}");
            else
                Replace(draft, entry, name, fields);
            return entry.Key;
        });
    }

    private static void Replace(EniConfigurationDraft draft, ConfigurationValue entry, string name, IReadOnlyDictionary<string, object> fields)
    {
        double Field(string field) => fields.TryGetValue(field, out var number) ? (double)number : 0;
        TimeSpan Time(string field) => TimeSpan.FromTicks((long)(Field(field) / TimeSpan.NanosecondsPerTick));

        var initial = Time("InitialDelay");
        var schedule = new BackoffSchedule
        {
            InitialDelay = initial > TimeSpan.Zero ? initial : BackoffTable.Default[name].InitialDelay,
            Delay = Time("Duration"),
            Factor = Field("Factor") is 0 ? 1 : Field("Factor"),
            Jitter = Field("Jitter"),
            Attempts = (int)Field("Steps"),
            Cap = Time("Cap") is var cap && cap > TimeSpan.Zero ? cap : null,
        };
        if (schedule.Validate() is { Count: > 0 } errors)
            entry.Reject($"{string.Join("; ", errors)}; Steps are the attempts in all");
        else
            draft.Result.Backoff = draft.Result.Backoff.With(name, schedule);
    }

    private static string Names() => string.Join(", ", BackoffTable.Default.Names.Select(n => n.Length == 0 ? "\"\"" : n));
}
