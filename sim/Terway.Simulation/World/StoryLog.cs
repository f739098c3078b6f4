using Microsoft.Extensions.Logging;

namespace Terway.Simulation;

/// <summary>The history of a story: its last lines for people, and a trace of all of it by which two runs are compared. A story that
/// keeps no lines writes none, which makes it several times faster.</summary>
internal sealed class StoryLog(VirtualTime time, int keep) : ILoggerFactory
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    private readonly Queue<string> _lines = new();

    internal bool IsKept => keep > 0;

    internal ulong Trace { get; private set; } = FnvOffset;

    internal IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Writes a line, when lines are kept at all.</summary>
    internal void Note([System.Runtime.CompilerServices.InterpolatedStringHandlerArgument("")] NoteText text)
    {
        if (IsKept)
            Add(text.Take());
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("A story has one log.");

    public void Dispose()
    {
    }

    private void Add(string what)
    {
        var line = $"{time.Elapsed:hh\\:mm\\:ss\\.fff} {what}";
        foreach (var c in line)
            Trace = unchecked((Trace ^ c) * FnvPrime);
        _lines.Enqueue(line);
        if (_lines.Count > keep)
            _lines.Dequeue();
    }

    /// <summary>A text that is only made when it is kept.</summary>
    [System.Runtime.CompilerServices.InterpolatedStringHandler]
    internal ref struct NoteText
    {
        private System.Runtime.CompilerServices.DefaultInterpolatedStringHandler _text;

        public NoteText(int literalLength, int formattedCount, StoryLog log, out bool isKept)
        {
            isKept = log.IsKept;
            if (isKept)
                _text = new(literalLength, formattedCount);
        }

        public void AppendLiteral(string value) => _text.AppendLiteral(value);

        public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

        public void AppendFormatted<T>(T value, string? format) => _text.AppendFormatted(value, format);

        internal string Take() => _text.ToStringAndClear();
    }

    private sealed class Logger(StoryLog log) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => log.IsKept;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (log.IsKept)
                log.Add($"    {formatter(state, exception)}{(exception is null or KilledException ? "" : $": {exception.Message}")}");
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;
    }
}
