using System.Collections.Concurrent;
using System.Net;
using Terway.Sandbox.Manifests;
using Terway.Sandbox.Nodes;
using Terway.Sandbox.Pods;

namespace Terway.Sandbox.Soak;

/// <summary>Pods of one node that come and go as fast as they can, and what each of them is seen to have.</summary>
internal sealed class PodChurn(VpcSandbox sandbox, Node node, int port, Random random)
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(0.5);

    private readonly ConcurrentDictionary<IPAddress, string> _users = new();
    private int _started;
    private int _lived;
    private int _refused;
    private int _unanswered;

    /// <summary>Pods that had an address.</summary>
    public int Lived => _lived;

    /// <summary>ADDs that failed, as they may while the daemon is away or the cloud refuses.</summary>
    public int Refused => _refused;

    /// <summary>DELs that failed, as they may while the disk is full; GC has to find what they left.</summary>
    public int Unanswered => _unanswered;

    /// <summary>Addresses that two living pods had.</summary>
    public ConcurrentQueue<string> Collisions { get; } = new();

    /// <summary>Lets pods come and go, some at a time, until told otherwise; then none of them lives any more.</summary>
    public Task RunAsync(int workers, Func<bool> goesOn) => Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => WorkAsync(goesOn))));

    /// <summary>Starts a pod; null when it was refused.</summary>
    public async Task<Pod?> TryStartAsync()
    {
        var manifest = new PodManifest(new PodName("soak", $"pod-{Interlocked.Increment(ref _started)}"), node.Name, [port], HostNetwork: false);
        try
        {
            await sandbox.CreatePodsAsync([manifest], CancellationToken.None);
        }
        catch (Exception e) when (e is CniException or SandboxException)
        {
            Interlocked.Increment(ref _refused);
            return null;
        }

        var pod = sandbox.FindPod(manifest.Name);
        Interlocked.Increment(ref _lived);
        if (!_users.TryAdd(pod.Address, pod.Name))
            Collisions.Enqueue($"{pod.Address} of {pod.Name} and {_users.GetValueOrDefault(pod.Address)}");
        return pod;
    }

    public async Task EndAsync(Pod pod)
    {
        // Before the DEL, for after it the address may be another pod's.
        _users.TryRemove(KeyValuePair.Create(pod.Address, pod.Name));
        try
        {
            await sandbox.DeletePodAsync(pod.Manifest.Name, CancellationToken.None);
        }
        catch (Exception e) when (e is CniException or SandboxException)
        {
            Interlocked.Increment(ref _unanswered);
        }
    }

    private async Task WorkAsync(Func<bool> goesOn)
    {
        while (goesOn())
        {
            if (await TryStartAsync() is not { } pod)
                continue;
            await Task.Delay(LongestLife * NextShare());
            await EndAsync(pod);
        }
    }

    private double NextShare()
    {
        lock (random)
            return random.NextDouble();
    }
}
