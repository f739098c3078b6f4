namespace Terway.Simulation;

/// <summary>The sandboxes that the runtime knows.</summary>
internal sealed class PodCrowd
{
    private const int MostNames = 32;

    private readonly List<SimulatedPod> _pods = [];
    private readonly Queue<string> _names = new();
    private readonly Queue<SimulatedPod> _forgotten = new();

    internal IReadOnlyList<SimulatedPod> All => _pods;

    /// <summary>Sandboxes that were started.</summary>
    internal int Started { get; private set; }

    /// <summary>Sandboxes that had an address and are gone.</summary>
    internal int Completed { get; private set; }

    /// <summary>A sandbox of a new pod, or with <paramref name="again"/> one of a pod that had a sandbox before.</summary>
    internal SimulatedPod Add(bool again)
    {
        Started++;
        var pod = new SimulatedPod(Started, again && _names.TryDequeue(out var name) ? name : $"pod-{Started}");
        _pods.Add(pod);
        return pod;
    }

    internal void Remove(SimulatedPod pod)
    {
        Completed += pod.Addresses.Count == 0 ? 0 : 1;
        pod.Stage = PodStage.Gone;
        _pods.Remove(pod);
        if (_names.Count < MostNames)
            _names.Enqueue(pod.Identity.Name);
    }

    /// <summary>The sandbox is gone, and nobody told the daemon.</summary>
    internal void Forget(SimulatedPod pod)
    {
        Remove(pod);
        _forgotten.Enqueue(pod);
        if (_forgotten.Count > MostNames)
            _forgotten.Dequeue();
    }

    /// <summary>One that was forgotten; each only once.</summary>
    internal SimulatedPod? TakeForgotten() => _forgotten.TryDequeue(out var pod) ? pod : null;

    /// <summary>One of those in a stage.</summary>
    internal SimulatedPod? Any(PodStage stage, StoryRandom random)
    {
        if (_pods.Count == 0)
            return null;
        var first = random.Next(_pods.Count);
        for (var i = 0; i < _pods.Count; i++)
        {
            var pod = _pods[(first + i) % _pods.Count];
            if (pod.Stage == stage)
                return pod;
        }

        return null;
    }
}
