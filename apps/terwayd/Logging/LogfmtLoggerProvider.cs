using Microsoft.Extensions.Logging;

namespace Terwayd.Logging;

/// <summary>Writes records as lines to a writer; one write per line, so lines of concurrent requests never mix.</summary>
internal sealed class LogfmtLoggerProvider(TextWriter writer, TimeProvider time) : ILoggerProvider, ISupportExternalScope
{
    private readonly Lock _gate = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ILogger CreateLogger(string categoryName) => new LogfmtLogger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose() => writer.Flush();

    private void Write(string line)
    {
        lock (_gate)
        {
            writer.Write(line);
            writer.Flush();
        }
    }

    private sealed class LogfmtLogger(LogfmtLoggerProvider owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => owner._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var message = formatter(state, exception);
            owner.Write(LogfmtLine.Format(owner.Now, logLevel, eventId, category, state, message, exception, owner._scopes));
        }
    }

    private DateTimeOffset Now => time.GetUtcNow();
}
