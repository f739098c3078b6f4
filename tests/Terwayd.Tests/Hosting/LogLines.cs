using System.Text;

namespace Terwayd.Tests.Hosting;

/// <summary>The daemon's log: every line so far, and a way to wait for one.</summary>
internal sealed class LogLines : TextWriter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<(string Part, TaskCompletionSource<string> Found)> _waiting = [];

    public override Encoding Encoding => Encoding.UTF8;

    internal IReadOnlyList<string> All
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    public override void Write(string? value)
    {
        lock (_gate)
        {
            var line = value!.TrimEnd('\n');
            _lines.Add(line);
            foreach (var (_, found) in _waiting.Where(w => line.Contains(w.Part, StringComparison.Ordinal)).ToList())
                found.TrySetResult(line);
        }
    }

    /// <summary>The first line that has the part, now or later.</summary>
    internal Task<string> WaitForAsync(string part)
    {
        lock (_gate)
        {
            if (_lines.Find(l => l.Contains(part, StringComparison.Ordinal)) is { } line)
                return Task.FromResult(line);
            var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((part, found));
            return found.Task.WaitAsync(Patience);
        }
    }
}
