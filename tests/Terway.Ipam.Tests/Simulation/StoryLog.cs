using Microsoft.Extensions.Logging;
using Terway.Testing;

namespace Terway.Ipam.Tests.Simulation;

/// <summary>The history of a story: its last lines for people, and a trace of all of it by which two runs are compared.</summary>
internal sealed class StoryLog(FakeTimeProvider time, int keep) : ILogger<EniPool>
{
    private readonly Queue<string> _lines = new();

    public ulong Trace { get; private set; } = 14695981039346656037;

    public string Last => string.Join(Environment.NewLine, _lines);

    public void Note(string what)
    {
        var line = $"{time.GetUtcNow() - FakeTimeProvider.Start:hh\\:mm\\:ss\\.fff} {what}";
        foreach (var c in line)
            Trace = (Trace ^ c) * 1099511628211;
        _lines.Enqueue(line);
        if (_lines.Count > keep)
            _lines.Dequeue();
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Note($"    {formatter(state, exception)}{(exception is null or KilledException ? "" : $": {exception.Message}")}");

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
