using System.Diagnostics;

namespace Terway.Policy.Dataplane.Iptables.Internal;

/// <summary>The processes that were started here, as far back as a notification may still speak of them. Thread-safe.</summary>
internal sealed class OwnProcesses
{
    private const int Kept = 1024;

    private readonly Lock _lock = new();
    private readonly HashSet<int> _known = [];
    private readonly Queue<int> _order = new();

    /// <summary>Starts one; nobody can ask for it before it is noted.</summary>
    internal Process Start(ProcessStartInfo start)
    {
        lock (_lock)
        {
            var process = Process.Start(start)!;
            if (_known.Add(process.Id))
                _order.Enqueue(process.Id);
            while (_order.Count > Kept)
                _known.Remove(_order.Dequeue());
            return process;
        }
    }

    internal bool Contains(int process)
    {
        lock (_lock)
            return _known.Contains(process);
    }
}
