using System.Collections.Immutable;
using Terway.Cloud;
using Terway.Ipam.States;

namespace Terway.Ipam.Planning;

/// <summary>Finds addresses for pods that wait and for the low mark, with as few calls as the limits allow.</summary>
/// <remarks>
/// First the ENIs that can take addresses now; what ENIs that are busy or under way will have room for is left to them,
/// because an address on an existing ENI comes sooner than a new ENI; only the rest becomes new ENIs.
/// </remarks>
internal sealed class PoolGrowth
{
    /// <summary>The most addresses that one create call makes: the primary one and 49 others.</summary>
    public const int MaxAddressesPerCreate = EniPoolOptions.MaxBatchSize + 1;

    private readonly PlanDraft _draft;
    private readonly Dictionary<VSwitchId, long> _left = [];

    private PoolGrowth(PlanDraft draft) => _draft = draft;

    private PoolFacts Facts => _draft.Facts;

    private PoolLimits Limits => _draft.Limits;

    private DateTimeOffset Now => _draft.Now;

    public static Outcome Plan(PlanDraft draft, PoolDemand demand) => new PoolGrowth(draft).Plan(demand);

    private Outcome Plan(PoolDemand demand)
    {
        int ready = 0, resting = 0, total = 0;
        foreach (var eni in Facts.Enis)
        {
            if (!eni.Serves)
                continue;
            ready += eni.Idle + eni.Arriving;
            resting += eni.Resting;
            total += eni.Total + eni.Arriving;
        }

        var urgent = Math.Max(0, demand.Waiting - ready);
        var left = ready - demand.Waiting + resting;
        var warmUp = Math.Min(Facts.WarmUp - total, Limits.MaxIdle - left);
        var wanted = Math.Max(urgent, Math.Max(Limits.MinIdle - left, warmUp));
        var (possible, paused, limit) = Prospects();
        if (wanted > 0 && !IsHeldBack(demand, wanted))
            Grow(wanted);
        return new Outcome(Math.Max(0, wanted), ready + resting, possible, paused, limit);
    }

    /// <summary>A burst is gathered for a moment, unless it already fills a call.</summary>
    private bool IsHeldBack(PoolDemand demand, int wanted)
    {
        if (demand.OldestSince is not { } since || wanted >= Limits.BatchSize || wanted > demand.Waiting)
            return false;
        var end = since + Limits.BatchDelay;
        _draft.LookAt(end);
        return end > Now;
    }

    private void Grow(int wanted)
    {
        if (Limits.Capacity is not { } capacity)
            return;
        wanted = AssignToReadyEnis(wanted, capacity);
        wanted -= RoomForLater(capacity);
        wanted = AttachLeftovers(wanted, capacity);
        CreateEnis(wanted, capacity);
    }

    private int AssignToReadyEnis(int wanted, InstanceCapacity capacity)
    {
        var candidates = Facts.Enis.Where(eni => CanTake(eni, capacity) && eni.State == EniState.InUse && _draft.IsFree(eni));
        var ordered = Limits.Selection == EniSelection.MostIps
            ? candidates.OrderByDescending(eni => eni.Total).ThenBy(eni => eni.Slot.Number)
            : candidates.OrderBy(eni => eni.Total).ThenBy(eni => eni.Slot.Number);
        foreach (var eni in ordered)
        {
            if (wanted <= 0)
                break;
            var left = Left(eni.VSwitch);
            var count = (int)Math.Min(Math.Min(wanted, Limits.BatchSize), Math.Min(Room(eni, capacity), left));
            if (count <= 0 || !_draft.Add(ActionKind.Assign, eni, Assignment(eni, count, capacity, $"{wanted} more are wanted")))
                continue;
            _left[eni.VSwitch] = left - count;
            wanted -= count;
        }

        return wanted;
    }

    /// <summary>Room that will be usable soon: on ENIs that are busy, paused or still coming.</summary>
    private int RoomForLater(InstanceCapacity capacity)
    {
        var room = 0;
        foreach (var eni in Facts.Enis)
        {
            if (CanTake(eni, capacity))
                room += Room(eni, capacity);
        }

        foreach (var action in _draft.Actions)
        {
            if (action is PoolAction.AssignAddresses assign)
                room -= assign.Count;
        }

        return room;
    }

    private int AttachLeftovers(int wanted, InstanceCapacity capacity)
    {
        var slots = capacity.EnisBeside(Facts.ForeignEnis) - Facts.Enis.Count(eni => eni is { IsIdleLeftover: false, TakesSlot: true });
        foreach (var eni in Facts.Enis)
        {
            if (!eni.IsIdleLeftover)
                continue;
            if (slots <= 0)
            {
                PoolTrim.DropLeftover(_draft, eni, "it was left over, and the node has no slot for it");
            }
            else if (wanted > 0 && _draft.CanCreate
                && _draft.Add(ActionKind.Attach, eni, new PoolAction.AttachEni(eni.Slot, "it was left over, and addresses are wanted")))
            {
                wanted -= capacity.AddressesPerEni;
                slots--;
            }
        }

        return wanted;
    }

    private void CreateEnis(int wanted, InstanceCapacity capacity)
    {
        if (wanted <= 0 || Facts.SweepRequired || HasUnexplainedCreation())
            return;
        var slots = FreeSlots(capacity);
        if (slots <= 0 || !_draft.IsOpen(ActionKind.Create) || !_draft.IsOpen(ActionKind.Attach))
            return;
        if (!AreVSwitchesFresh)
        {
            _draft.AddNodeWide(ActionKind.ReadVSwitches, new PoolAction.ReadVSwitches("an ENI is to be created"), Now);
            return;
        }

        for (var made = 0; wanted > 0 && slots-- > 0 && PickVSwitch(made) is { } vSwitch; made++)
        {
            var most = capacity.IsDual ? EniPoolOptions.MaxIpv6BatchSize : MaxAddressesPerCreate;
            var count = Math.Min(Math.Min(wanted, most), capacity.AddressesPerEni);
            var left = Left(vSwitch.Id);
            var emptiesVSwitch = left <= count;
            count = (int)Math.Min(count, left);
            var reason = $"{wanted} more are wanted, and no ENI has room for them";
            if (!_draft.AddCreate(new PoolAction.CreateEni(vSwitch.Id, count, reason) { Ipv6 = capacity.IsDual ? count : 0 }))
                break;
            _left[vSwitch.Id] = left - count;
            wanted -= emptiesVSwitch ? count : capacity.AddressesPerEni;
        }
    }

    /// <summary>The vSwitch of a plan's next ENI. The facts' order is the order of the list, or a random one that changes with every ENI.</summary>
    private VSwitchFacts? PickVSwitch(int made)
    {
        var usable = Facts.VSwitches.Where(vSwitch => vSwitch.IsUsable(Now) && Left(vSwitch.Id) > 0);
        return Limits.VSwitchSelection switch
        {
            VSwitchSelection.Most => usable.MaxBy(vSwitch => Left(vSwitch.Id)),
            VSwitchSelection.Random when usable.Count() is > 0 and var count => usable.ElementAt(made % count),
            _ => usable.FirstOrDefault(),
        };
    }

    /// <summary>Free addresses of a vSwitch, as far as known, less those that this plan takes.</summary>
    private long Left(VSwitchId id)
    {
        if (_left.TryGetValue(id, out var left))
            return left;
        foreach (var vSwitch in Facts.VSwitches)
        {
            if (vSwitch.Id == id)
                return vSwitch.Available ?? long.MaxValue;
        }

        return long.MaxValue;
    }

    /// <summary>How many addresses growth could bring, now or later, and what stops it.</summary>
    private (int Possible, Shortage? Paused, Shortage? Limit) Prospects()
    {
        foreach (var v in Facts.VSwitches)
            _draft.LookAt(v.UnusableUntil(Facts.VSwitchesStaleAt, Now));
        if (Limits.Capacity is not { } capacity)
            return (int.MaxValue, FromPause(ActionKind.ReadNode), null);

        var usableVSwitch = Facts.VSwitches.Any(v => v.IsUsable(Now));
        int room = 0, roomOnFullVSwitch = 0, leaving = 0;
        foreach (var eni in Facts.Enis)
        {
            if (!eni.Serves)
                leaving += eni.Leaves ? 1 : 0;
            else if (IsUsable(eni.VSwitch))
                room += Room(eni, capacity) + eni.Unassigning;
            else
                roomOnFullVSwitch += Room(eni, capacity);
        }

        var slots = FreeSlots(capacity) + leaving;
        var possible = room + (usableVSwitch ? (long)Math.Max(0, slots) * capacity.AddressesPerEni : 0);
        var paused = room > 0 ? FromPause(ActionKind.Assign) : FromPause(ActionKind.Create) ?? FromPause(ActionKind.Attach) ?? VSwitchesUnread();
        var limit = !usableVSwitch && slots > 0 || roomOnFullVSwitch > 0 ? Shortages.VSwitches(Facts, capacity, Now) : Shortages.Node(Facts, capacity, Now);
        return ((int)Math.Min(possible, int.MaxValue), paused, limit);
    }

    private bool AreVSwitchesFresh => Facts.VSwitchesStaleAt > Now;

    private Shortage? VSwitchesUnread() => AreVSwitchesFresh ? null : FromPause(ActionKind.ReadVSwitches);

    private Shortage? FromPause(ActionKind kind) =>
        _draft.PauseOf(kind) is { } pause ? new Shortage(pause.Fault, pause.Until) : null;

    private bool CanTake(EniFacts eni, InstanceCapacity capacity) =>
        eni.Serves && Room(eni, capacity) > 0 && IsUsable(eni.VSwitch);

    private bool IsUsable(VSwitchId id)
    {
        foreach (var vSwitch in Facts.VSwitches)
        {
            if (vSwitch.Id == id)
                return vSwitch.IsUsable(Now);
        }

        return true;
    }

    private bool HasUnexplainedCreation() => Facts.Enis.Any(eni => eni is { State: EniState.Creating, InDoubt: true });

    private int FreeSlots(InstanceCapacity capacity) =>
        capacity.EnisBeside(Facts.ForeignEnis) - Facts.Enis.Count(eni => eni.TakesSlot);

    /// <summary>How many more requests the ENI could serve with more addresses: a surplus of one family needs only the other.</summary>
    private static int Room(EniFacts eni, InstanceCapacity capacity)
    {
        var room = capacity.AddressesPerEni - eni.Total + eni.Surplus;
        if (capacity.IsDual)
            room = Math.Min(room, capacity.AddressesPerEni - eni.Total6 + eni.Surplus6);
        return Math.Max(0, room - eni.Arriving);
    }

    private static PoolAction.AssignAddresses Assignment(EniFacts eni, int count, InstanceCapacity capacity, string reason) => new(eni.Slot, count, reason)
    {
        Ipv4 = Math.Max(0, count - eni.Surplus),
        Ipv6 = capacity.IsDual ? Math.Max(0, count - eni.Surplus6) : 0,
    };

    /// <param name="Wanted">Addresses that are missing, for pods and for the low mark.</param>
    /// <param name="Coming">Addresses that are there, on their way, or resting.</param>
    /// <param name="Possible">Addresses that growth could add.</param>
    /// <param name="Paused">What keeps the pool from growing for now.</param>
    /// <param name="Limit">What keeps it from growing further.</param>
    internal readonly record struct Outcome(int Wanted, int Coming, int Possible, Shortage? Paused, Shortage? Limit);
}
