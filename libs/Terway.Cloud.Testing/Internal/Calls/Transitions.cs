namespace Terway.Cloud.Testing.Internal;

/// <summary>Completes attach, detach and delete after they were accepted.</summary>
internal sealed class Transitions(World world, DelayedActions delays, FabricQueue fabric, MetadataPublisher metadata)
{
    /// <summary>Lets a transition that has begun complete after its time.</summary>
    /// <param name="id">The ENI.</param>
    /// <param name="fails">Whether it shall not succeed.</param>
    internal void Schedule(EniId id, bool fails)
    {
        TimeSpan latency;
        lock (world.Gate)
            latency = LatencyOf(world.Eni(id).Value).Pick(world.Random);
        delays.Run(latency, () => _ = CompleteAsync(id, fails));
    }

    /// <summary>Completes a transition at once; used where an instance goes away.</summary>
    internal Task CompleteAsync(EniId id, bool fails)
    {
        NetworkInterface eni;
        Task? delivered = null;
        lock (world.Gate)
        {
            var entry = world.Eni(id);
            eni = entry.Value;
            if (fails || eni.Status == EniStatus.Deleting)
            {
                Settle(entry, fails);
                return Task.CompletedTask;
            }
            delivered = eni.Status == EniStatus.Attaching
                ? fabric.Enqueue((f, token) => f.AttachedAsync(AttachmentOperations.Attached(eni), eni.Attachment!.InstanceId, token))
                : fabric.Enqueue((f, token) => f.DetachedAsync(eni, eni.Attachment!.InstanceId, token));
        }
        fabric.Pump();
        return FinishAsync(eni, delivered);
    }

    private LatencyRange LatencyOf(NetworkInterface eni)
    {
        var latencies = world.Options.Latencies;
        if (eni.Status == EniStatus.Attaching)
            return eni.Type == EniType.Member ? latencies.MemberAttach : latencies.Attach;
        return eni.Status == EniStatus.Detaching ? latencies.Detach : latencies.Delete;
    }

    private async Task FinishAsync(NetworkInterface before, Task delivered)
    {
        var failed = false;
        try
        {
            await delivered.ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            failed = true;
            world.Options.OnFabricFailure?.Invoke(failure);
        }
        List<Task> late = [];
        lock (world.Gate)
        {
            var entry = world.Eni(before.Id);
            var attached = entry.Value.Status == EniStatus.Attaching && !failed;
            Settle(entry, failed);
            // What changed while the fabric was busy has not reached it yet.
            if (attached && entry.Value != AttachmentOperations.Attached(before))
                late.Add(fabric.Enqueue((f, token) => f.AddressesChangedAsync(entry.Value, before.Attachment!.InstanceId, token)));
        }
        metadata.Publish(before.Attachment!.InstanceId);
        fabric.Pump();
        await Task.WhenAll(late).ConfigureAwait(false);
    }

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
