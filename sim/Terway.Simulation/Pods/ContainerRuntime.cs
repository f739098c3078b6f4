using System.Net;
using Terway.Cni.Daemon;

namespace Terway.Simulation;

/// <summary>
/// The container runtime with the CNI plugin: what it does with the kernel, the daemon and the spool is what the plugin does, in its
/// order. Connections break when the daemon dies; a plugin that was promised an address undoes its ADD then.
/// </summary>
internal sealed class ContainerRuntime(StoryWorld world, SimulatedNode node, PodCrowd pods, StepChecker checker)
{
    private static readonly RequestOrigin Origin = new("story", default);

    /// <summary>ADDs that ended well.</summary>
    internal long Granted { get; private set; }

    /// <summary>ADDs that were refused, by code.</summary>
    internal FaultCounts Refusals { get; } = new();

    /// <summary>The longest time that an ADD took.</summary>
    internal TimeSpan LongestWait { get; private set; }

    /// <summary>ADD.</summary>
    internal void Add(SimulatedPod pod)
    {
        node.Kernel.AddNamespace(pod.NetNs);
        pod.Stage = PodStage.Asking;
        pod.IsCancelled = false;
        pod.AskedAt = world.Time.Now;
        pod.Cancel = new CancellationTokenSource();
        var attempt = ++pod.Attempt;
        var wasPending = node.Spool.Remove(SimulatedPod.Network, pod.Attachment);
        if (node.Serving is { } daemon)
            _ = AddAsync(daemon, pod, attempt, wasPending);
        else
            Fail(pod, ErrorCode.DaemonUnavailable, holdsLease: wasPending);
    }

    /// <summary>The plugin gives up waiting: it undoes its ADD, or is killed itself and cannot.</summary>
    internal void GiveUp(SimulatedPod pod, bool isKilled)
    {
        world.Faults.Add(isKilled ? "plugin killed" : "client gave up");
        if (isKilled)
        {
            pod.Attempt++;
            pod.Stage = PodStage.Unanswered;
        }

        pod.IsCancelled = true;
        pod.Cancel!.Cancel();
    }

    /// <summary>DEL. It always succeeds: what the daemon cannot be told waits in the spool.</summary>
    internal void Delete(SimulatedPod pod)
    {
        if (pod.Stage == PodStage.Asking)
            return;
        var (answers, held) = Inspect(pod);
        node.Kernel.Detach(pod.Key, pod.NetNs, held is null ? pod.Addresses : AddressesOf(held));
        checker.Left(pod);
        if (!answers || !TryRelease(pod, "del"))
            node.Spool.Add(pod.Release("del"));
        node.Kernel.DropNamespace(pod.NetNs);
        pods.Remove(pod);
    }

    /// <summary>The sandbox dies without a DEL, at least for now.</summary>
    internal void Forget(SimulatedPod pod)
    {
        world.Faults.Add("pod forgotten");
        node.Kernel.DropNamespace(pod.NetNs);
        checker.Left(pod);
        pods.Forget(pod);
    }

    /// <summary>DEL of a sandbox that died some time ago; the pod may have another one by now.</summary>
    internal void DeleteLate()
    {
        if (pods.TakeForgotten() is not { } pod)
            return;
        world.Faults.Add("DEL late");
        var (answers, held) = Inspect(pod);
        node.Kernel.Detach(pod.Key, pod.NetNs, held is null ? [] : AddressesOf(held));
        if (!answers || !TryRelease(pod, "del"))
            node.Spool.Add(pod.Release("del"));
    }

    /// <summary>A second ADD of a pod that runs: the answer must be the same.</summary>
    internal void Repeat(SimulatedPod pod)
    {
        if (node.Serving is not { } daemon || pod.IsNameless)
            return;
        var again = daemon.Contract.AllocateAsync(Origin, pod.Allocate, CancellationToken.None);
        if (daemon.Life.IsOver)
            return;
        var addresses = again.IsCompletedSuccessfully ? AddressesOf(again.Result) : [];
        if (!pod.Addresses.SequenceEqual(addresses))
            world.Violations.Add("another answer", $"{pod.Attachment} has {pod.Told}; asking again gave {string.Join('+', addresses)} {again.Exception?.GetBaseException().Message}");
    }

    private static IReadOnlyList<IPAddress> AddressesOf(Allocation allocation) =>
        allocation.NetConfs[0].BasicInfo?.PodIP is { } addresses ? SimulatedPod.AddressesOf(addresses.IPv4, addresses.IPv6) : [];

    /// <summary>GC: the daemon learns which attachments exist.</summary>
    internal void Collect()
    {
        if (node.Serving is not { } daemon)
            return;
        var request = new CollectRequest { Network = SimulatedPod.Network, Valid = [.. pods.All.Select(pod => pod.Attachment)] };
        TryAsk(daemon, () => daemon.Contract.CollectAsync(Origin, request, CancellationToken.None));
    }

    /// <summary>The daemon died: every request under way gets a broken connection.</summary>
    internal void BreakConnections()
    {
        foreach (var pod in pods.All)
        {
            if (pod.Stage != PodStage.Asking)
                continue;
            pod.Attempt++;
            Fail(pod, ErrorCode.DaemonProtocol, holdsLease: true);
        }
    }

    /// <summary>The machine went down, and every sandbox with it.</summary>
    internal void LoseAll()
    {
        foreach (var pod in pods.All.ToArray())
        {
            pod.Attempt++;
            checker.Left(pod);
            pods.Remove(pod);
        }
    }

    /// <summary>The store is gone: the daemon will find the running pods in the kernel, but not their names.</summary>
    internal void LoseNames()
    {
        foreach (var pod in pods.All.ToArray())
        {
            if (pod.Stage != PodStage.Running)
                continue;
            // What neither the kernel nor the cloud shows, nobody can find again.
            if (pod.IsDrifted || pod.IsSabotaged)
                Forget(pod);
            else
                pod.IsNameless = true;
        }
    }

    private async Task AddAsync(Daemon daemon, SimulatedPod pod, int attempt, bool wasPending)
    {
        try
        {
            var allocation = await daemon.Contract.AllocateAsync(Origin, pod.Allocate, pod.Cancel!.Token).ConfigureAwait(false);
            if (attempt == pod.Attempt && !daemon.Life.IsOver)
                Apply(pod, allocation);
        }
        catch (DaemonException e)
        {
            if (attempt == pod.Attempt && !daemon.Life.IsOver)
                Fail(pod, e.Code, holdsLease: wasPending);
        }
        catch (OperationCanceledException)
        {
            if (attempt == pod.Attempt && !daemon.Life.IsOver)
                Fail(pod, ErrorCode.TimedOut, holdsLease: true);
        }
        catch (KilledException)
        {
            // The connection breaks; BreakConnections sees to it.
        }
        catch (Exception e)
        {
            world.Violations.Add("odd failure", $"{pod.Attachment} failed oddly: {e}");
        }
    }

    private void Apply(SimulatedPod pod, Allocation allocation)
    {
        var conf = allocation.NetConfs[0];
        var addresses = AddressesOf(allocation);
        var mac = conf.EniInfo!.Mac!;
        checker.Given(pod, addresses, mac);
        LongestWait = TimeSpan.FromTicks(Math.Max(LongestWait.Ticks, (world.Time.Now - pod.AskedAt).Ticks));
        if (node.Kernel.FindEni(mac, ready: false) is not { } eni || world.Random.Chance(world.Weather.Kernel))
        {
            Fail(pod, ErrorCode.KernelRefused, holdsLease: true);
            return;
        }

        Granted++;
        node.Kernel.Attach(pod.Key, pod.NetNs, addresses, mac);
        pod.Stage = PodStage.Running;
        checker.Entered(pod, addresses, eni, mac);
        world.Log.Note($"{pod.Key} runs with {pod.Told}");
    }

    private void Fail(SimulatedPod pod, ErrorCode code, bool holdsLease)
    {
        pod.Stage = PodStage.Unanswered;
        Refusals.Add(code.Value);
        world.Log.Note($"{pod.Key} failed: {code}");
        LongestWait = TimeSpan.FromTicks(Math.Max(LongestWait.Ticks, (world.Time.Now - pod.AskedAt).Ticks));
        if (holdsLease && !TryRelease(pod, "rollback"))
            node.Spool.Add(pod.Release("rollback"));
    }

    /// <summary>What the pod holds; no answer when the daemon is away, or works on another request of the pod.</summary>
    private (bool Answers, Allocation? Held) Inspect(SimulatedPod pod)
    {
        Allocation? held = null;
        var answers = node.Serving is { } daemon && TryAsk(daemon, () =>
        {
            var answer = daemon.Contract.InspectAsync(Origin, pod.Inspect, CancellationToken.None);
            held = answer.IsCompletedSuccessfully ? answer.Result : null;
            return answer;
        });
        return (answers, held);
    }

    /// <summary>False when the daemon did not confirm it; when it was killed on the way it may have happened all the same.</summary>
    private bool TryRelease(SimulatedPod pod, string reason) =>
        node.Serving is { } daemon && TryAsk(daemon, () => daemon.Contract.ReleaseAsync(Origin, pod.Release(reason), CancellationToken.None));

    /// <summary>Asks what is answered at once. False when it was refused, or the daemon died over it.</summary>
    private bool TryAsk(Daemon daemon, Func<Task> ask)
    {
        try
        {
            var answer = ask();
            if (!answer.IsCompleted)
                world.Violations.Add("unbounded", "a request that never waits did not end at once");
            answer.GetAwaiter().GetResult();
            return !daemon.Life.IsOver;
        }
        catch (Exception e) when (e is DaemonException or KilledException)
        {
            world.Log.Note($"refused: {e.Message}");
            return false;
        }
        catch (Exception e)
        {
            world.Violations.Add("odd failure", $"a request failed oddly: {e}");
            return false;
        }
    }
}
