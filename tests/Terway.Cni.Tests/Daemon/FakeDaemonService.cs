using System.Collections.Concurrent;
using System.Net;
using Terway.Cni.Daemon;

namespace Terway.Cni.Tests.Daemon;

/// <summary>A strict daemon in memory: it refuses what a real one would refuse, and remembers everything.</summary>
internal sealed class FakeDaemonService : IDaemonService
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PodIdentity, (Attachment Attachment, string Network, Allocation Allocation)> _held = [];
    private readonly HashSet<PodIdentity> _busy = [];

    public required Func<AllocateRequest, Allocation> Allocator { get; init; }

    public ConcurrentQueue<string> Calls { get; } = new();

    public Func<CancellationToken, Task>? BeforeAllocate { get; set; }

    /// <summary>Sees who asks, while the request is being worked on.</summary>
    public Func<RequestOrigin, Task>? WithOrigin { get; set; }

    public DaemonError? Unready { get; set; }

    public int Held
    {
        get
        {
            lock (_lock)
                return _held.Count;
        }
    }

    public static Allocation Example(string address = "10.0.3.5") => new()
    {
        LeaseId = "lease-1",
        NetConfs =
        [
            new NetConf
            {
                BasicInfo = new BasicInfo
                {
                    PodIP = new(IPAddress.Parse(address)),
                    PodCidr = new(IPNetwork.Parse("10.0.3.0/24")),
                    GatewayIP = new(IPAddress.Parse("10.0.3.253")),
                    ServiceCidr = new(IPNetwork.Parse("172.16.0.0/16")),
                },
                EniInfo = new EniInfo { Mac = "00:16:3e:00:00:01", GatewayIP = new(IPAddress.Parse("10.0.3.253")) },
                DefaultRoute = true,
            },
        ],
        HostAddresses = new(IPAddress.Parse("10.0.0.10")),
    };

    public async Task<Allocation> AllocateAsync(RequestOrigin origin, AllocateRequest request, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"allocate {request.Attachment} for {request.Pod}");
        Demand(Path.IsPathRooted(request.NetNs), "the namespace's path is not absolute");
        Examine(request.Network, request.Attachment, request.Pod);
        using Turn turn = Enter(request.Pod);
        if (BeforeAllocate is { } wait)
            await wait(cancellationToken);
        if (WithOrigin is { } look)
            await look(origin);
        lock (_lock)
        {
            Allocation allocation = _held.TryGetValue(request.Pod, out var held) ? held.Allocation : Allocator(request);
            _held[request.Pod] = (request.Attachment, request.Network, allocation);
            return allocation;
        }
    }

    public Task ReleaseAsync(RequestOrigin origin, ReleaseRequest request, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"release {request.Attachment} for {request.Pod}: {request.Reason}{(request.DeferredLinks ? " (deferred links)" : "")}");
        Examine(request.Network, request.Attachment, request.Pod);
        using Turn turn = Enter(request.Pod);
        lock (_lock)
            if (_held.TryGetValue(request.Pod, out var held) && held.Attachment == request.Attachment)
                _held.Remove(request.Pod);
        return Task.CompletedTask;
    }

    public Task<Allocation?> InspectAsync(RequestOrigin origin, InspectRequest request, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"inspect {request.Attachment}");
        Examine(request.Network, request.Attachment, request.Pod);
        using Turn turn = Enter(request.Pod);
        lock (_lock)
            return Task.FromResult(
                _held.TryGetValue(request.Pod, out var held) && held.Attachment == request.Attachment ? held.Allocation : null);
    }

    public Task<CollectReply> CollectAsync(RequestOrigin origin, CollectRequest request, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"collect {request.Network}, {request.Valid.Length} valid");
        lock (_lock)
        {
            var stale = _held.Where(h => h.Value.Network == request.Network && !request.Valid.Contains(h.Value.Attachment)).ToList();
            foreach (var (pod, _) in stale)
                _held.Remove(pod);
            return Task.FromResult(new CollectReply { Released = [.. stale.Select(s => s.Value.Attachment)] });
        }
    }

    public Task StatusAsync(RequestOrigin origin, CancellationToken cancellationToken) =>
        Unready is { } error ? throw new DaemonException(error) : Task.CompletedTask;

    public Task<string> ShowAsync(RequestOrigin origin, ShowRequest request, CancellationToken cancellationToken) =>
        Task.FromResult($$"""{"subject":"{{request.Subject}}{{request.Name}}","request":"{{origin.RequestId}}"}""");

    private static void Examine(string network, Attachment attachment, PodIdentity pod)
    {
        Demand(network.Length > 0, "the network has no name");
        Demand(attachment is { ContainerId.Length: > 0, IfName.Length: > 0 }, "the attachment is not complete");
        Demand(pod is { Namespace.Length: > 0, Name.Length: > 0 }, "the pod is not complete");
    }

    private static void Demand(bool condition, string problem)
    {
        if (!condition)
            throw new DaemonException(ErrorCode.InvalidRequest, problem);
    }

    /// <summary>As a real daemon, it works on one request of a pod at a time.</summary>
    private Turn Enter(PodIdentity pod)
    {
        lock (_lock)
            if (!_busy.Add(pod))
                throw new DaemonException(ErrorCode.PodIsProcessing, $"another request for {pod} is being worked on");
        return new Turn(() =>
        {
            lock (_lock)
                _busy.Remove(pod);
        });
    }

    private readonly struct Turn(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
