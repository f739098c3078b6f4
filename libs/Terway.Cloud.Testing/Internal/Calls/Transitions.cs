using System.Diagnostics.CodeAnalysis;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Completes attach, detach and delete after they were accepted.</summary>
internal sealed class Transitions(World world, DelayedActions delays, FabricQueue fabric, MetadataPublisher metadata)
{
    /// <summary>Lets a transition that has begun complete after its time.</summary>
    /// <param name="id">The ENI.</param>
    /// <param name="fault">What went wrong with the call, if anything.</param>
    internal void Schedule(EniId id, EmulatedFault? fault)
    {
        TimeSpan latency;
        int transition;
        lock (world.Gate)
        {
            if (!world.Enis.TryGetValue(id, out var entry))
                return;
            latency = LatencyOf(entry.Value).Pick(world.Random);
            transition = entry.Transition;
            if (fault is { TransitionSticks: true, Time: null })
            {
                // Nothing will come by itself, and what is sent again begins anew.
                entry.TransitionPending = false;
                return;
            }
            if (fault is { TransitionSticks: true, Time: { } longer })
                latency += longer;
        }
        delays.Run(latency, () => Complete(id, transition, fault is { TransitionFails: true }));
    }

    /// <summary>Completes the transition of an ENI now, whether it hangs or would complete later.</summary>
    /// <returns>Whether there was one.</returns>
    internal bool CompleteNow(EniId id)
    {
        int transition;
        lock (world.Gate)
        {
            if (!world.Enis.TryGetValue(id, out var entry)
                || (entry.Value.Status != EniStatus.Attaching && entry.Value.Status != EniStatus.Detaching && entry.Value.Status != EniStatus.Deleting))
                return false;
            entry.TransitionPending = true;
            transition = ++entry.Transition;
        }
        Complete(id, transition, fails: false);
        return true;
    }

    private LatencyRange LatencyOf(NetworkInterface eni)
    {
        var latencies = world.Knobs.Latencies;
        if (eni.Status == EniStatus.Attaching)
            return eni.Type == EniType.Member ? latencies.MemberAttach : latencies.Attach;
        return eni.Status == EniStatus.Detaching ? latencies.Detach : latencies.Delete;
    }

    private void Complete(EniId id, int transition, bool fails)
    {
        NetworkInterface eni;
        Task delivered;
        lock (world.Gate)
        {
            if (!IsCurrent(id, transition, out var entry))
                return;
            eni = entry.Value;
            if (fails || eni.Status == EniStatus.Deleting)
            {
                Settle(entry, fails);
                return;
            }
            entry.InFabric = true;
            delivered = eni.Status == EniStatus.Attaching
                ? fabric.Enqueue((f, token) => f.AttachedAsync(AttachmentOperations.Attached(eni), eni.Attachment!.InstanceId, token))
                : fabric.Enqueue((f, token) => f.DetachedAsync(eni, eni.Attachment!.InstanceId, token));
        }
        fabric.Pump();
        _ = FinishAsync(eni, transition, delivered);
    }

    private async Task FinishAsync(NetworkInterface before, int transition, Task delivered)
    {
        var failed = !await IsDoneAsync(delivered).ConfigureAwait(false);
        Task? late = null;
        lock (world.Gate)
        {
            if (!IsCurrent(before.Id, transition, out var entry))
                return;
            Settle(entry, failed);
            entry.InFabric = entry.Value.Attachment is not null;
            // What changed while the fabric was busy has not reached it yet.
            var after = entry.Value;
            if (after.Status == EniStatus.InUse && after != AttachmentOperations.Attached(before))
                late = fabric.Enqueue((f, token) => f.AddressesChangedAsync(after, before.Attachment!.InstanceId, token));
        }
        metadata.Publish(before.Attachment!.InstanceId);
        if (late is null)
            return;
        fabric.Pump();
        await IsDoneAsync(late).ConfigureAwait(false);
    }

    private async Task<bool> IsDoneAsync(Task delivered)
    {
        try
        {
            await delivered.ConfigureAwait(false);
            return true;
        }
        catch (Exception failure)
        {
            world.Options.OnFabricFailure?.Invoke(failure);
            return false;
        }
    }

    /// <summary>Whether the ENI still is in the transition; its instance may have been released meanwhile.</summary>
    private bool IsCurrent(EniId id, int transition, [NotNullWhen(true)] out EniEntry? entry) =>
        world.Enis.TryGetValue(id, out entry) && entry.TransitionPending && entry.Transition == transition;

    private void Settle(EniEntry entry, bool failed)
    {
        var eni = entry.Value;
        entry.TransitionPending = false;
        if (eni.Status == EniStatus.Attaching)
            world.Replace(entry, failed ? AttachmentOperations.Freed(eni) : AttachmentOperations.Attached(eni));
        else if (eni.Status == EniStatus.Detaching && !failed)
            world.Replace(entry, AttachmentOperations.Freed(eni));
        else if (eni.Status == EniStatus.Deleting && !failed)
            world.Remove(entry);
    }
}
