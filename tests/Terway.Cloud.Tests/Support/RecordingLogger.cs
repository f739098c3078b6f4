using Microsoft.Extensions.Logging;

namespace Terway.Cloud.Tests;

/// <summary>Keeps every line and every value of every level.</summary>
internal sealed class RecordingLogger<T> : ILogger<T>
{
    internal List<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(p => $"{p.Key}={p.Value}")) : "";
        lock (Lines)
            Lines.Add($"{eventId.Id} {formatter(state, exception)} {values} {exception}");
    }
}
