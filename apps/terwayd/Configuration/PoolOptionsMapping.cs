using Terway.Cloud;
using Terway.Ipam;

namespace Terwayd.Configuration;

/// <summary>The pool's options from the node's configuration; only the node's own zone of <c>vswitches</c> counts.</summary>
internal static class PoolOptionsMapping
{
    /// <summary>Below the request's deadline, so that the pool's own reason reaches the runtime instead of a time-out.</summary>
    private static readonly TimeSpan LeaseTimeout = TimeSpan.FromSeconds(110);

    internal static void Apply(this EniConfiguration configuration, EniPoolOptions options, ZoneId zone)
    {
        foreach (var id in configuration.VSwitchesOf(zone))
            options.VSwitches.Add(id);
        foreach (var id in configuration.SecurityGroups)
            options.SecurityGroups.Add(new SecurityGroupId(id));
        foreach (var (key, value) in configuration.EniTags)
            options.EniTags[key] = value;
        foreach (var (key, value) in configuration.EniTagFilter)
            options.EniTagFilter[key] = value;
        foreach (var tag in configuration.EniTagBlockList)
            options.EniTagBlockList.Add(tag);
        options.ResourceGroup = configuration.ResourceGroupId is { } group ? new ResourceGroupId(group) : null;
        options.Families = configuration.Families;
        options.MinPoolSize = configuration.MinPoolSize;
        options.MaxPoolSize = configuration.MaxPoolSize;
        options.MinEni = configuration.MinEni;
        options.WarmUpSize = configuration.WarmUpSize;
        options.IdleReclaimAfter = configuration.IdleReclaimAfter;
        options.IdleReclaimInterval = configuration.IdleReclaimInterval;
        options.IdleReclaimBatch = configuration.IdleReclaimBatch;
        options.IdleReclaimJitter = configuration.IdleReclaimJitter;
        options.MaxEni = configuration.MaxEni > 0 ? configuration.MaxEni : null;
        options.EniCapRatio = configuration.EniCapRatio;
        options.EniCapShift = configuration.EniCapShift;
        options.VSwitchSelection = configuration.VSwitchSelection;
        options.EniSelection = configuration.EniSelection;
        options.MetadataInterval = configuration.PoolSyncPeriod;
        options.LeaseTimeout = LeaseTimeout;
        if (configuration.AddressRest is { } rest)
            options.Rest = rest;
    }

    /// <summary>The vSwitches of a zone, without repeats.</summary>
    internal static IReadOnlyList<VSwitchId> VSwitchesOf(this EniConfiguration configuration, ZoneId zone) =>
        [.. (configuration.VSwitches.GetValueOrDefault(zone.Value) ?? []).Distinct().Select(id => new VSwitchId(id))];
}
