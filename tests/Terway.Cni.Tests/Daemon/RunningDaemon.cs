using System.Collections.Concurrent;
using System.Net.Sockets;
using Terway.Cni.Daemon;

namespace Terway.Cni.Tests.Daemon;

/// <summary>The real server in front of the fake service, on a socket of its own.</summary>
internal sealed class RunningDaemon : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener;
    private readonly Task _run;

    public RunningDaemon(IDaemonService service, DaemonServerOptions? options = null, string? path = null)
    {
        Path = path ?? $"/tmp/terway-cni-test-{Guid.NewGuid():N}.sock";
        _listener = DaemonListener.Bind(Path);
        options ??= new DaemonServerOptions();
        _run = new DaemonServer(_listener, service, new DaemonServerOptions
        {
            RequestDeadline = options.RequestDeadline,
            TransferDeadline = options.TransferDeadline,
            MaxConnections = options.MaxConnections,
            StopDeadline = options.StopDeadline,
            AllowedUids = options.AllowedUids,
            TimeProvider = options.TimeProvider,
            OnIncident = Incidents.Enqueue,
        }).RunAsync(_stop.Token);
    }

    public string Path { get; }

    public ConcurrentQueue<DaemonServerIncident> Incidents { get; } = new();

    public DaemonClient Client(string requestId = "r-1", TimeSpan? deadline = null) =>
        new(new DaemonClientOptions { SocketPath = Path, RequestId = requestId, Deadline = deadline ?? DaemonContract.ClientDeadline });

    public Task StopAsync()
    {
        _stop.Cancel();
        return _run;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _listener.Dispose();
        File.Delete(Path);
        _stop.Dispose();
    }
}
