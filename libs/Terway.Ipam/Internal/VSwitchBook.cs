using System.Collections.Immutable;
using System.Net;
using Terway.Cloud;
using Terway.Ipam.Planning;

namespace Terway.Ipam.Internal;

/// <summary>What is known of the pool's vSwitches, and in which order a new ENI tries them.</summary>
internal sealed class VSwitchBook(EniPoolOptions options, Random random)
{
    private List<Entry> _entries = [];
    private DateTimeOffset? _readAt;

    /// <summary>Sets the vSwitches. What is known of those that stay is kept; when there is a new one, all are read again.</summary>
    public void Use(IEnumerable<VSwitchId> ids)
    {
        var known = _entries.ToDictionary(entry => entry.Id);
        _entries = [.. ids.Select(id => known.GetValueOrDefault(id) ?? new Entry(id))];
        if (_entries.Exists(entry => !known.ContainsKey(entry.Id)))
            _readAt = null;
        Reorder();
    }

    public IEnumerable<VSwitchId> Ids => _entries.Select(entry => entry.Id);

    /// <summary>When the free addresses, as read last, are too old to decide by; null when they were never read.</summary>
    public DateTimeOffset? StaleAt => _readAt + options.VSwitchRefresh;

    public (IPNetwork? Subnet, IPNetwork? Subnet6) SubnetsOf(VSwitchId id) =>
        Find(id) is { } entry ? (entry.Cidr, entry.Cidr6) : (null, null);

    /// <summary>Takes over what the cloud says of the vSwitches that it was asked about; one that it does not know, or of another
    /// zone, or without a family that leases need, has no free address for this node.</summary>
    public void Read(IReadOnlyCollection<VSwitchId> asked, IReadOnlyDictionary<VSwitchId, VSwitch> found, ZoneId zone, DateTimeOffset now)
    {
        foreach (var entry in _entries.Where(entry => asked.Contains(entry.Id)))
        {
            var vSwitch = found.GetValueOrDefault(entry.Id);
            entry.Available = vSwitch is not null && vSwitch.ZoneId == zone && HasFamilies(vSwitch) ? vSwitch.AvailableIpAddressCount : 0;
            entry.Cidr = vSwitch?.Cidr ?? entry.Cidr;
            entry.Cidr6 = vSwitch?.Ipv6Cidr ?? entry.Cidr6;
        }

        if (_entries.TrueForAll(entry => asked.Contains(entry.Id)))
            _readAt = now;
        Reorder();
    }

    /// <summary>The cloud refused so many addresses: half as many are asked for next, and after one the vSwitch is set aside.</summary>
    public void Refused(VSwitchId id, int count, DateTimeOffset until)
    {
        if (Find(id) is not { } entry)
            return;
        entry.AtMost = count / 2;
        entry.AtMostUntil = until;
    }

    /// <summary>Counts addresses that the pool took (or gave back, when negative) since the last reading.</summary>
    public void Took(VSwitchId id, int count)
    {
        if (Find(id) is not { } entry)
            return;
        if (entry.Available is { } available)
            entry.Available = Math.Max(0, available - count);
        entry.AtMost = Math.Max(0, entry.AtMost - count);
    }

    /// <summary>Decides anew which vSwitch comes first; called once per created ENI.</summary>
    public void Reorder()
    {
        switch (options.VSwitchSelection)
        {
            case VSwitchSelection.Random:
                var shuffled = _entries.ToArray();
                random.Shuffle(shuffled);
                _entries = [.. shuffled];
                break;
            case VSwitchSelection.Most:
                _entries = [.. _entries.OrderByDescending(entry => entry.Available ?? 0)];
                break;
        }
    }

    public ImmutableArray<VSwitchFacts> ToFacts(DateTimeOffset now) => [.. _entries.Select(entry => ToFacts(entry, now))];

    private VSwitchFacts ToFacts(Entry entry, DateTimeOffset now)
    {
        var available = StaleAt > now ? entry.Available : null;
        if (entry.AtMostUntil > now)
            available = available < entry.AtMost ? available : entry.AtMost;
        return new VSwitchFacts(entry.Id, available, entry.AtMostUntil > now && entry.AtMost == 0 ? entry.AtMostUntil : null);
    }

    private bool HasFamilies(VSwitch vSwitch) => vSwitch.Ipv6Cidr is not null || !options.Families.HasFlag(AddressFamilies.IPv6);

    private Entry? Find(VSwitchId id) => _entries.Find(entry => entry.Id == id);

    private sealed class Entry(VSwitchId id)
    {
        public VSwitchId Id { get; } = id;

        public long? Available { get; set; }

        public IPNetwork? Cidr { get; set; }

        public IPNetwork? Cidr6 { get; set; }

        public long AtMost { get; set; }

        public DateTimeOffset AtMostUntil { get; set; }
    }
}
