namespace Terway.Ipam.Tests.Simulation;

/// <summary>The pods of a story and what the runtime does with them; what the pool answers goes to the checker.</summary>
internal sealed class PodCrowd(AddressFamilies families, Random random, TimeProvider time, StoryChecker checker, StoryLog log)
{
    /// <summary>By then a theft is noticed: the interval of the metadata comparison, and a bad time of the API.</summary>
    private static readonly TimeSpan Noticed = TimeSpan.FromMinutes(5);

    private readonly List<SimulatedPod> _pods = [];
    private readonly Dictionary<string, DateTimeOffset> _stolen = [];

    public IReadOnlyList<SimulatedPod> All => _pods;

    public int Started { get; private set; }

    public int Granted { get; private set; }

    public int Failed { get; private set; }

    public SimulatedPod? Any => _pods.Count == 0 ? null : _pods[random.Next(_pods.Count)];

    public SimulatedPod Add()
    {
        var pod = new SimulatedPod(++Started, families);
        _pods.Add(pod);
        return pod;
    }

    public void Ask(SimulatedNode node, SimulatedPod pod)
    {
        pod.Stage = PodStage.Asking;
        pod.Cancel = new CancellationTokenSource();
        try
        {
            pod.Asking = node.Pool.LeaseAsync(pod.Request, pod.Cancel.Token).AsTask();
        }
        catch (KilledException)
        {
            pod.Stage = PodStage.Unanswered;
        }
    }

    public void Leave(SimulatedNode node, SimulatedPod pod)
    {
        if (pod.Stage == PodStage.Asking || IsBlind(node))
            return;
        if (pod.Stage == PodStage.Running && random.Next(20) == 0)
        {
            pod.Stage = PodStage.Forgotten;
            return;
        }

        pod.Stage = PodStage.Leaving;
        try
        {
            var released = node.Pool.Release(pod.Attachment);
            if (pod.Lease is { } held && released is null && !pod.MayBeReleased && !node.Life.Dead)
                checker.Violate($"{pod.Attachment} holds {held.Address}, but its release found nothing");
            if (released is not null)
                checker.Released(pod, released, time.GetUtcNow());
            log.Note($"released {released?.Address}");
            _pods.Remove(pod);
        }
        catch (IpamException e) when (e.Code == IpamErrorCode.StoreFull)
        {
            log.Note("release refused");
        }
        catch (KilledException)
        {
            log.Note("killed in a release");
            pod.MayBeReleased = true;
            if (pod.Lease is { } held)
                checker.Released(pod, held, time.GetUtcNow());
        }
    }

    /// <summary>After the loss of the store the pool knows its pods only once it has asked the cloud.</summary>
    private static bool IsBlind(SimulatedNode node) => !node.Pool.Snapshot().KnowsAllEnis;

    public void Repeat(SimulatedNode node, SimulatedPod pod)
    {
        if (IsBlind(node))
            return;
        if (pod.Stage == PodStage.Running)
        {
            var again = node.Pool.TryLease(pod.Request);
            if (again?.Address.Equals(pod.Lease!.Address) != true)
                checker.Violate($"{pod.Attachment} has {pod.Lease!.Address}; asking again gave {again?.Address}");
        }
        else if (pod.Stage == PodStage.Unanswered)
        {
            Ask(node, pod);
        }
    }

    public void Collect(SimulatedNode node)
    {
        var valid = _pods.Where(pod => pod.Stage is not PodStage.Forgotten).Select(pod => pod.Attachment).ToHashSet();
        try
        {
            foreach (var lease in node.Pool.Collect(valid, time.GetUtcNow()).Released)
            {
                var pod = _pods.Find(pod => pod.Attachment == lease.Attachment);
                if (pod is null)
                    continue;
                checker.Released(pod, lease, time.GetUtcNow());
                _pods.Remove(pod);
            }

            _pods.RemoveAll(pod => pod.Stage == PodStage.Forgotten && node.Pool.Inspect(pod.Attachment) is null);
        }
        catch (IpamException e) when (e.Code == IpamErrorCode.StoreFull)
        {
            log.Note("collection refused");
        }
        catch (KilledException)
        {
            log.Note("killed in a collection");
            foreach (var pod in _pods.Where(pod => !valid.Contains(pod.Attachment)))
                pod.MayBeReleased = true;
        }
    }

    /// <summary>Takes the answers that have come.</summary>
    public void TakeAnswers(SimulatedNode node)
    {
        foreach (var pod in _pods.ToArray())
        {
            if (pod.Asking is { IsCompleted: true } answer)
                Answered(node, pod, answer);
        }
    }

    /// <summary>Nobody answers any more.</summary>
    public void LoseAnswers()
    {
        foreach (var pod in _pods.Where(pod => pod.Stage == PodStage.Asking))
        {
            pod.Asking = null;
            pod.Stage = PodStage.Unanswered;
        }
    }

    /// <summary>The machine went down, and every pod with it.</summary>
    public void Die()
    {
        foreach (var pod in _pods)
        {
            pod.Stage = PodStage.Forgotten;
            pod.Lease = null;
        }
    }

    /// <summary>The store is gone: what neither it nor the cloud nor the kernel shows is nobody's any more.</summary>
    public void ForgetUnprovable()
    {
        foreach (var pod in _pods.Where(pod => pod.Sabotaged || pod.Stage != PodStage.Running))
            pod.Lease = null;
        _pods.RemoveAll(pod => pod.Sabotaged);
    }

    public void Steal(string what, Predicate<SimulatedPod> from)
    {
        _stolen[what] = time.GetUtcNow();
        foreach (var pod in _pods.FindAll(from))
            pod.Sabotaged = true;
    }

    private void Answered(SimulatedNode node, SimulatedPod pod, Task<Lease> answer)
    {
        pod.Asking = null;
        if (answer.IsCompletedSuccessfully)
        {
            Granted++;
            log.Note($"granted {answer.Result.Address}");
            checker.Granted(pod, answer.Result, _pods, time.GetUtcNow());
            pod.Lease = answer.Result;
            pod.Sabotaged = IsStolen(answer.Result);
            pod.Stage = PodStage.Running;
            return;
        }

        Failed++;
        pod.Stage = PodStage.Unanswered;
        if (answer.IsCanceled && pod.Lease is null && !node.Life.Dead && node.Pool.Inspect(pod.Attachment) is not null)
            checker.Violate($"{pod.Attachment} was cancelled but holds an address");
        if (answer.Exception?.GetBaseException() is { } e and not (IpamException or KilledException))
            checker.Violate($"{pod.Attachment} failed oddly: {e}");
        log.Note($"failed {(answer.Exception?.GetBaseException() as IpamException)?.Code}");
    }

    /// <summary>What was stolen a moment ago, the pool cannot know yet: it may still give it out.</summary>
    private bool IsStolen(Lease lease) => SimulatedPod.AddressesOf(lease).Select(address => address.ToString()).Append(lease.Eni.Id.Value)
        .Any(key => _stolen.TryGetValue(key, out var at) && time.GetUtcNow() - at < Noticed);
}
