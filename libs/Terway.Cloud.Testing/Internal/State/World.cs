using System.Net;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Everything that exists in an emulated cloud. All members are used under <see cref="Gate"/>.</summary>
internal sealed class World(CloudEmulatorOptions options)
{
    private long _sequence;

    internal Lock Gate { get; } = new();

    internal Knobs Knobs { get; } = new(options);

    internal EniHistory History { get; } = new(options.MaxStaleness);

    /// <summary>How old the ENIs are that the running call sees when it describes them.</summary>
    internal TimeSpan Staleness { get; set; }

    internal CloudEmulatorOptions Options { get; } = options;

    internal Random Random { get; } = new(options.Seed);

    internal IdSource Ids => field ??= new IdSource(Random);

    internal Dictionary<VpcId, VpcEntry> Vpcs { get; } = [];

    internal Dictionary<VSwitchId, VSwitchEntry> VSwitches { get; } = [];

    internal Dictionary<SecurityGroupId, SecurityGroupEntry> Groups { get; } = [];

    internal Dictionary<InstanceId, InstanceEntry> Instances { get; } = [];

    internal Dictionary<EniId, EniEntry> Enis { get; } = [];

    internal Dictionary<InstanceTypeId, InstanceTypeLimits> Types { get; } = new(InstanceTypeCatalog.Types);

    internal KeyRing Keys => field ??= new KeyRing(this);

    internal OidcRing Oidc => field ??= new OidcRing(Keys);

    /// <summary>What the operation that runs now leaves to be done after it.</summary>
    internal List<Effect> Effects { get; } = [];

    internal DateTimeOffset Now => Options.TimeProvider.GetUtcNow();

    internal EniEntry Eni(EniId id) => Enis.TryGetValue(id, out var entry) ? entry : throw Refusal.EniNotFound(id);

    internal InstanceEntry Instance(InstanceId id) => Instances.TryGetValue(id, out var entry) ? entry : throw Refusal.InstanceNotFound(id);

    internal VSwitchEntry VSwitch(VSwitchId id) => VSwitches.TryGetValue(id, out var entry) ? entry : throw Refusal.VSwitchNotFound(id);

    internal SecurityGroupEntry Group(SecurityGroupId id) => Groups.TryGetValue(id, out var entry) ? entry : throw Refusal.GroupNotFound(id);

    /// <summary>ENIs in the order of their creation.</summary>
    internal IEnumerable<EniEntry> OrderedEnis() => Enis.Values.OrderBy(e => e.Sequence);

    /// <summary>ENIs as the running call sees them, in the order of their creation.</summary>
    internal IEnumerable<(long Sequence, NetworkInterface Eni)> ShownEnis() =>
        Staleness > TimeSpan.Zero ? History.At(Now - Staleness, Enis.Values) : OrderedEnis().Select(e => (e.Sequence, e.Value));

    internal IEnumerable<EniEntry> EnisOf(InstanceId instance) =>
        Enis.Values.Where(e => e.Value.Attachment?.InstanceId == instance).OrderBy(e => e.Sequence);

    internal EniEntry Add(NetworkInterface value)
    {
        var entry = new EniEntry(++_sequence, value);
        History.Add(Now, value.Id, entry.Sequence, null);
        Enis.Add(value.Id, entry);
        CountMembers(value, +1);
        return entry;
    }

    /// <summary>Changes an ENI; addresses that are gone from the new value must have been released already.</summary>
    internal void Replace(EniEntry entry, NetworkInterface value)
    {
        CountMembers(entry.Value, -1);
        History.Add(Now, value.Id, entry.Sequence, entry.Value);
        entry.Value = value;
        CountMembers(value, +1);
    }

    /// <summary>Takes an ENI out of the world and frees all that it holds.</summary>
    internal void Remove(EniEntry entry)
    {
        var eni = entry.Value;
        var vSwitch = VSwitch(eni.VSwitchId);
        vSwitch.Ipv4.Release(eni.PrimaryIpAddress);
        foreach (var address in eni.SecondaryIpAddresses)
            vSwitch.Ipv4.Release(address);
        foreach (var prefix in eni.Ipv4Prefixes)
            vSwitch.Ipv4.ReleasePrefix(prefix);
        foreach (var address in eni.Ipv6Addresses)
            vSwitch.Ipv6!.Release(address);
        foreach (var prefix in eni.Ipv6Prefixes)
            vSwitch.Ipv6!.ReleasePrefix(prefix);
        CountMembers(eni, -1);
        History.Add(Now, eni.Id, entry.Sequence, eni);
        Enis.Remove(eni.Id);
    }

    internal EniId? OwnerOf(VpcId vpc, IPAddress address)
    {
        foreach (var vSwitch in VSwitches.Values)
        {
            if (vSwitch.VpcId != vpc)
                continue;
            if (vSwitch.Ipv4.Cidr.Contains(address))
                return vSwitch.Ipv4.OwnerOf(address) is { } owner && owner != Ipv4Space.Others ? owner : null;
            if (vSwitch.Ipv6 is { } ipv6 && ipv6.Cidr.Contains(address))
                return ipv6.OwnerOf(address);
        }
        return null;
    }

    /// <summary>Has the attach, detach or delete that was accepted complete later; once only when it is sent again.</summary>
    internal void BeginTransition(EniEntry entry)
    {
        if (entry.TransitionPending)
            return;
        entry.TransitionPending = true;
        entry.Transition++;
        Effects.Add(new Effect.Transition(entry.Value.Id));
    }

    /// <summary>Tells the fabric and the metadata service, when the ENI is attached.</summary>
    internal void Touch(NetworkInterface eni)
    {
        if (eni.Status != EniStatus.InUse || eni.Attachment is not { } attachment)
            return;
        Effects.Add(new Effect.AddressesChanged(eni, attachment.InstanceId));
        Effects.Add(new Effect.MetadataChanged(attachment.InstanceId));
    }

    private void CountMembers(NetworkInterface eni, int sign)
    {
        foreach (var group in eni.SecurityGroupIds)
            Groups[group].Members += sign * (1 + eni.SecondaryIpAddresses.Count);
    }
}
