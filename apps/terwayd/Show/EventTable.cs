using System.Globalization;
using System.Text;

namespace Terwayd.Show;

/// <summary>A history as a table for people: a line for each event, and below it what a failure means.</summary>
internal static class EventTable
{
    internal const string Nothing = "nothing is remembered of it since the daemon started\n";

    internal static string Of(IReadOnlyList<EventRow> events)
    {
        if (events.Count == 0)
            return Nothing;
        var table = new TextTable("WHEN", "ABOUT", "WHAT", "WHY", "CALL", "CALL ID", "REQUEST");
        foreach (var e in events)
            table.Add(Time(e.At), About(e), e.What, e.Fault is null ? e.Why : e.Fault.Code, e.Call, e.CallId, e.RequestId);
        var text = new StringBuilder(table.ToString());
        foreach (var fault in events.Select(e => e.Fault).OfType<FaultRow>().DistinctBy(f => (f.Code, f.Subject, f.Reason)))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{fault.Code} at {Time(fault.At)}: {fault.Operation} {fault.Subject}\n")
                .Append(CultureInfo.InvariantCulture, $"  cause: {fault.Reason}\n  owner: {fault.Owner}\n  next:  {fault.Hint}\n");
        }

        return text.ToString();
    }

    /// <summary>What the event is about: the address where there is one, else the ENI, else the sandbox.</summary>
    private static string? About(EventRow e) => e.Address ?? e.Eni ?? (e.ContainerId is { } id ? $"sandbox {(id.Length > 12 ? id[..12] : id)}" : null);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
