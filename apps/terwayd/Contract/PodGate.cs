using System.Collections.Concurrent;

namespace Terwayd.Contract;

/// <summary>
/// One request at a time for each pod: a second one is refused at once, not queued, because the runtime that repeats a request
/// before the first is answered gets an answer sooner by asking again.
/// </summary>
internal sealed class PodGate
{
    private readonly ConcurrentDictionary<string, byte> _busy = new(StringComparer.Ordinal);

    /// <summary>Enters for a pod; <see langword="null"/> when a request for it is being worked on.</summary>
    internal IDisposable? TryEnter(string pod) => _busy.TryAdd(pod, 0) ? new Pass(this, pod) : null;

    internal bool IsBusy(string pod) => _busy.ContainsKey(pod);

    private sealed class Pass(PodGate gate, string pod) : IDisposable
    {
        public void Dispose() => gate._busy.TryRemove(pod, out _);
    }
}
