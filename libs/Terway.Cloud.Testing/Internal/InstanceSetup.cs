namespace Terway.Cloud.Testing.Internal;

/// <summary>Makes and releases instances with their ENIs.</summary>
internal sealed class InstanceSetup(CallPipeline pipeline)
{
    internal async Task<InstanceId> AddAsync(InstanceSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        InstanceEntry instance;
        Task delivered;
        lock (pipeline.World.Gate)
        {
            (instance, var eni) = Create(pipeline.World, spec);
            pipeline.World.Eni(eni.Id).InFabric = true;
            delivered = pipeline.Fabric.Enqueue((f, token) => f.AttachedAsync(eni, instance.Id, token));
        }
        pipeline.Fabric.Pump();
        await delivered.ConfigureAwait(false);
        pipeline.Follow([new Effect.MetadataChanged(instance.Id)], fault: null);
        return instance.Id;
    }

    internal async Task ReleaseAsync(InstanceId id)
    {
        var delivered = new List<Task>();
        List<EniEntry> enis;
        lock (pipeline.World.Gate)
        {
            if (!pipeline.World.Instances.ContainsKey(id))
                throw new ArgumentException($"There is no instance {id}.", nameof(id));
            enis = [.. pipeline.World.EnisOf(id)];
            foreach (var eni in enis.Where(e => e.InFabric).Select(e => e.Value))
                delivered.Add(pipeline.Fabric.Enqueue((f, token) => f.DetachedAsync(eni, id, token)));
        }
        pipeline.Fabric.Pump();
        await Task.WhenAll(delivered).ConfigureAwait(false);
        lock (pipeline.World.Gate)
        {
            foreach (var entry in enis)
                Free(pipeline.World, entry);
            pipeline.World.Instances.Remove(id);
        }
    }

    /// <summary>Takes an ENI out of the world as if somebody else had detached and deleted it.</summary>
    internal async Task<bool> VanishAsync(EniId id)
    {
        NetworkInterface eni;
        Task delivered;
        lock (pipeline.World.Gate)
        {
            if (!pipeline.World.Enis.TryGetValue(id, out var entry))
                return false;
            eni = entry.Value;
            if (eni.Type == EniType.Primary)
                throw new ArgumentException($"{id} is a primary network interface.", nameof(id));
            delivered = entry.InFabric
                ? pipeline.Fabric.Enqueue((f, token) => f.DetachedAsync(eni, eni.Attachment!.InstanceId, token))
                : Task.CompletedTask;
            entry.TransitionPending = false;
            pipeline.World.Remove(entry);
        }
        pipeline.Fabric.Pump();
        if (eni.Attachment is { } attachment)
            pipeline.Follow([new Effect.MetadataChanged(attachment.InstanceId)], fault: null);
        await delivered.ConfigureAwait(false);
        return true;
    }

    private static (InstanceEntry Instance, NetworkInterface Eni) Create(World world, InstanceSpec spec)
    {
        if (!world.Types.TryGetValue(spec.InstanceType, out var limits))
            throw new ArgumentException($"There is no instance type {spec.InstanceType}.", nameof(spec));
        if (spec.Id is { } wanted && world.Instances.ContainsKey(wanted))
            throw new ArgumentException($"There is an instance {wanted} already.", nameof(spec));
        var id = spec.Id ?? new InstanceId(world.Ids.Next("i"));
        var eni = CreatePrimary(world, spec);
        var entry = world.Eni(eni.Id);
        var instance = new InstanceEntry(id, spec, limits, eni.Id);
        world.Instances.Add(id, instance);
        world.Replace(entry, eni with
        {
            Type = EniType.Primary,
            Status = EniStatus.InUse,
            Attachment = new EniAttachment(id, 0),
        });
        return (instance, entry.Value);
    }

    private static NetworkInterface CreatePrimary(World world, InstanceSpec spec)
    {
        try
        {
            return EniOperations.Create(world, new CreateNetworkInterfaceRequest
            {
                VSwitchId = spec.VSwitchId,
                SecurityGroupIds = spec.SecurityGroupIds,
                PrimaryIpAddress = spec.PrivateIpAddress,
            });
        }
        catch (Refusal refusal)
        {
            throw new ArgumentException(refusal.Message, nameof(spec), refusal);
        }
    }

    private static void Free(World world, EniEntry entry)
    {
        if (!world.Enis.ContainsKey(entry.Value.Id))
            return;
        entry.InFabric = false;
        if (entry.Value.Type == EniType.Primary || entry.Value.DeleteOnRelease == true)
            world.Remove(entry);
        else
            world.Replace(entry, AttachmentOperations.Freed(entry.Value));
        entry.TransitionPending = false;
    }
}
