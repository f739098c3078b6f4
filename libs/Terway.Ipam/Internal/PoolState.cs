using System.Net;
using Terway.Cloud;
using Terway.Ipam.Planning;
using Terway.Ipam.States;
using Terway.Ipam.Store;

namespace Terway.Ipam.Internal;

/// <summary>Everything that the pool knows, under one lock. No call to the cloud, the store or the node is made under it.</summary>
internal sealed class PoolState(EniPoolOptions options, PoolHistory history, Random random)
{
    private readonly Dictionary<AttachmentKey, PoolAddress> _leases = [];
    private readonly List<PoolEni> _enis = [];
    private int _lastSlot;

    public Lock Lock { get; } = new();

    /// <summary>Held while a lease that already exists is changed in the store, so that the last change there is the last one here.
    /// Taken before <see cref="Lock"/>, never under it.</summary>
    public Lock Ledger { get; } = new();

    /// <summary>What happened lately.</summary>
    public PoolHistory History { get; } = history;

    public bool Recovered { get; set; }

    public bool Stopping { get; set; }

    public InstanceIdentity? Instance { get; set; }

    public StoredNode? Node { get; set; }

    public AddressBook Addresses { get; } = new(options.SettleTime, history);

    public WaitQueue Waiting { get; } = new();

    /// <summary>Grants on their way into the store.</summary>
    public Dictionary<AttachmentKey, Grant> Granting { get; } = [];

    public VSwitchBook VSwitches { get; } = new(options, random);

    public PauseBook Pauses { get; } = new(random);

    public IdleReclaim Reclaim { get; } = new(options, random);

    public EniExclusion Exclusion { get; } = new(options);

    /// <summary>Attached ENIs that are not the pool's, as far as known.</summary>
    public HashSet<EniId> Foreign { get; } = [];

    /// <summary>Addresses that the kernel shows in use and that no lease explains yet.</summary>
    public Dictionary<IPAddress, AttachmentKey?> Unexplained { get; } = [];

    /// <summary>Leases that were made from evidence of the kernel and are not in the store yet.</summary>
    public List<Lease> Unstored { get; } = [];

    /// <summary>ENIs that are gone but whose rows the store refused to drop.</summary>
    public HashSet<ClientToken> Undropped { get; } = [];

    public bool SweepRequired { get; set; }

    public DateTimeOffset SweepDue { get; set; }

    /// <summary>When the sweep that was required last had its answer.</summary>
    public DateTimeOffset FirstSweptAt { get; set; }

    public DateTimeOffset MetadataDue { get; set; }

    public int Running { get; set; }

    public HashSet<ActionKind> RunningKinds { get; } = [];

    public IReadOnlyList<PoolEni> Enis => _enis;

    public int LeaseCount => _leases.Count;

    /// <summary>Addresses that are held, their leases included.</summary>
    public IEnumerable<PoolAddress> Held => _leases.Values;

    public PoolAddress? FindLease(AttachmentKey attachment) => _leases.GetValueOrDefault(attachment);

    /// <summary>Adds a lease of one address, or of one of each family.</summary>
    public void AddLease(PoolAddress address, PoolAddress? partner, Lease lease, string? request = null)
    {
        History.Leased(address, lease, request);
        if (partner is not null)
            History.Leased(partner, lease, request);
        address.Lease = lease;
        address.Partner = partner;
        if (partner is not null)
            partner.Lease = lease;
        _leases.Add(lease.Attachment, address);
    }

    public void RemoveLease(PoolAddress address)
    {
        if (address.Lease is { } lease)
            _leases.Remove(lease.Attachment);
        address.Lease = null;
        if (address.Partner is { } partner)
            partner.Lease = null;
        address.Partner = null;
    }

    public PoolEni AddEni(ClientToken token, EniIntent intent, DateTimeOffset requestedAt)
    {
        var eni = new PoolEni(new EniSlot(++_lastSlot), token, intent, requestedAt, History);
        _enis.Add(eni);
        return eni;
    }

    public void RemoveEni(PoolEni eni) => _enis.Remove(eni);

    public PoolEni? FindEni(EniSlot slot) => _enis.Find(eni => eni.Slot == slot);

    public PoolEni? FindEni(EniId id) => _enis.Find(eni => eni.Identity?.Id == id);

    public PoolEni? FindEni(ClientToken token) => _enis.Find(eni => eni.Token == token);

    /// <summary>The idle addresses that a pod gets next, all of one ENI: of the one that the selection prefers, those idle longest.</summary>
    public (PoolAddress Address, PoolAddress? Partner)? PickIdle(AddressFamilies families)
    {
        PoolEni? best = null;
        foreach (var eni in _enis)
        {
            if (!eni.IsOpen || eni.IdleFor(families) == 0)
                continue;
            if (best is null || IsPreferred(eni, best))
                best = eni;
        }

        if (best is null)
            return null;
        var v4 = families.HasFlag(AddressFamilies.IPv4) ? best.V4.Idle.First?.Value : null;
        var v6 = families.HasFlag(AddressFamilies.IPv6) ? best.V6.Idle.First?.Value : null;
        return v4 is null ? (v6!, null) : (v4, v6);
    }

    /// <summary>Addresses that a pod can get at once.</summary>
    public int IdleCount
    {
        get
        {
            var count = 0;
            foreach (var eni in _enis)
                count += eni.IsOpen ? eni.IdleFor(options.Families) : 0;
            return count;
        }
    }

    /// <summary>Addresses that nobody holds: idle ones, and those that rest.</summary>
    public int ReadyCount
    {
        get
        {
            var count = 0;
            foreach (var eni in _enis)
                count += eni.IsOpen ? eni.FreeFor(options.Families) : 0;
            return count;
        }
    }

    /// <summary>The addresses to keep ready.</summary>
    public int LowMark => PoolLimits.LowMark(options, Node);

    public PoolFacts ToFacts(DateTimeOffset now) => new()
    {
        Enis = [.. _enis.Select(eni => eni.ToFacts(options.Families))],
        VSwitches = VSwitches.ToFacts(now),
        VSwitchesStaleAt = VSwitches.StaleAt,
        Pauses = Pauses.Active(now),
        Running = Running,
        RunningKinds = [.. RunningKinds],
        ForeignEnis = Foreign.Count,
        SweepDue = SweepRequired ? now : SweepDue,
        SweepRequired = SweepRequired,
        MetadataDue = MetadataDue,
        NextRested = Addresses.NextRested,
        WarmUp = Node is { WarmedUp: false } ? options.WarmUpSize : 0,
        NextReclaim = Reclaim.NextRound,
    };

    public PoolDemand ToDemand() => new(Waiting.Attachments, Waiting.First?.Since);

    private bool IsPreferred(PoolEni eni, PoolEni other) => options.EniSelection == EniSelection.MostIps
        ? eni.Addresses.Count > other.Addresses.Count
        : eni.Addresses.Count < other.Addresses.Count;
}
