using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Terwayd.Logging;

/// <summary>
/// One log record as one line of <c>key=value</c> pairs. A value is quoted when it holds a space, a quote, an equals sign or a
/// control character, so a line never breaks whatever a message carries.
/// </summary>
internal static class LogfmtLine
{
    private const string OriginalFormat = "{OriginalFormat}";

    internal static string Format<TState>(
        DateTimeOffset time, LogLevel level, EventId eventId, string category, TState state, string message, Exception? exception,
        IExternalScopeProvider scopes)
    {
        var line = new StringBuilder(256);
        Append(line, "time", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        Append(line, "level", Name(level));
        Append(line, "source", category);
        if (eventId.Id != 0)
            Append(line, "event", eventId.Id.ToString(CultureInfo.InvariantCulture));
        if (eventId.Name is { } name)
            Append(line, "name", name);
        scopes.ForEachScope(static (scope, line) => AppendPairs(line, scope), line);
        AppendPairs(line, state);
        Append(line, "msg", message);
        if (exception is not null)
            Append(line, "error", Describe(exception));
        return line.Append('\n').ToString();
    }

    private static void AppendPairs(StringBuilder line, object? state)
    {
        if (state is not IEnumerable<KeyValuePair<string, object?>> pairs)
            return;
        foreach (var (key, value) in pairs)
        {
            if (key != OriginalFormat && value is not null)
                Append(line, key, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        }
    }

    private static void Append(StringBuilder line, string key, string value)
    {
        if (line.Length > 0)
            line.Append(' ');
        line.Append(key).Append('=');
        if (!NeedsQuotes(value))
        {
            line.Append(value);
            return;
        }

        line.Append('"');
        foreach (var c in value)
            _ = c switch
            {
                '"' => line.Append("\\\""),
                '\\' => line.Append("\\\\"),
                '\n' => line.Append("\\n"),
                '\r' => line.Append("\\r"),
                '\t' => line.Append("\\t"),
                _ when char.IsControl(c) => line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => line.Append(c),
            };
        line.Append('"');
    }

    private static bool NeedsQuotes(string value)
    {
        foreach (var c in value)
        {
            if (c is ' ' or '"' or '=' or '\\' || char.IsControl(c))
                return true;
        }

        return value.Length == 0;
    }

    private static string Describe(Exception exception)
    {
        var text = new StringBuilder();
        for (var e = exception; e is not null; e = e.InnerException)
            text.Append(text.Length == 0 ? "" : " <- ").Append(e.GetType().Name).Append(": ").Append(e.Message);
        return text.ToString();
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "fatal",
    };
}
