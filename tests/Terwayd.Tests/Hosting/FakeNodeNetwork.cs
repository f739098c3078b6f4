using System.Collections.Concurrent;
using System.Net;
using Terway.Cni.Daemon;
using Terway.Ipam;
using Terwayd.Node;

namespace Terwayd.Tests.Hosting;

/// <summary>A node's network that only remembers: which ENIs were prepared, what was removed, what it was told to show.</summary>
internal sealed class FakeNodeNetwork : INodeNetwork
{
    private readonly TaskCompletionSource _preparing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ConcurrentQueue<string> Done { get; } = new();

    internal HashSet<string> HostLinks { get; } = new(StringComparer.Ordinal);

    internal List<ObservedAttachment> Observed { get; } = [];

    /// <summary>Preparing an ENI waits for it.</summary>
    internal Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Ends when the pool asks for the first ENI to be prepared.</summary>
    internal Task Preparing => _preparing.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public AddressSet HostAddresses { get; set; } = new(IPAddress.Parse("10.0.0.10"));

    public int PrimaryMtu => 8500;

    public void PrepareNode(int podMtu) => Done.Enqueue($"node {podMtu}");

    public async ValueTask PrepareAsync(LeaseEni eni, CancellationToken cancellationToken)
    {
        _preparing.TrySetResult();
        await Gate.WaitAsync(cancellationToken);
        Done.Enqueue($"prepare {eni.Id}");
    }

    public ValueTask RemoveAsync(LeaseEni eni, CancellationToken cancellationToken)
    {
        Done.Enqueue($"remove {eni.Id}");
        return ValueTask.CompletedTask;
    }

    public IReadOnlyList<ObservedAttachment> Observe() => Observed;

    public bool HasHostLink(Lease lease) => HostLinks.Contains(lease.Pod.Name);

    public bool HasNamespace(string netNsPath) => false;

    public IReadOnlyList<string> RepairHostSide(Lease lease)
    {
        Done.Enqueue($"repair {lease.Pod.Name}");
        return [];
    }

    public IReadOnlyList<string> RepairEni(LeaseEni eni)
    {
        Done.Enqueue($"repair {eni.Id}");
        return [];
    }

    /// <summary>Addresses of rules that are there.</summary>
    internal List<IPAddress> Rules { get; } = [];

    public IReadOnlyList<string> RemoveStaleRules(Func<IPAddress, bool> isStale)
    {
        var stale = Rules.Where(isStale).ToList();
        stale.ForEach(a => Rules.Remove(a));
        return [.. stale.Select(a => $"rule of {a}")];
    }

    /// <summary>What removing a pod's host side throws.</summary>
    internal Exception? Refusal { get; set; }

    public void RemoveHostSide(Lease lease)
    {
        if (Refusal is { } refusal)
            throw refusal;
        Done.Enqueue($"remove host side of {lease.Pod.Name}");
    }

    /// <summary>Ends the loop that deletes links, as a defect would.</summary>
    internal TaskCompletionSource Reaping { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task ReapLinksAsync(CancellationToken cancellationToken) => Reaping.Task.WaitAsync(cancellationToken);

    public void RequestReaping() => Done.Enqueue("reap");
}
