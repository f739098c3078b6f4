using System.Net;
using Terway.Cloud;
using Terway.Ipam.Planning;
using Terway.Ipam.States;
using Terway.Ipam.Store;

namespace Terway.Ipam.Internal;

/// <summary>One ENI of the pool. Every member is read and written under the pool's lock.</summary>
internal sealed class PoolEni(EniSlot slot, ClientToken token, EniIntent intent, DateTimeOffset requestedAt, PoolHistory history)
{
    public EniSlot Slot { get; } = slot;

    public ClientToken Token { get; } = token;

    public EniIntent Intent { get; } = intent;

    public DateTimeOffset RequestedAt { get; } = requestedAt;

    /// <summary>The ENI's identity, once the cloud gave it one.</summary>
    public LeaseEni? Identity { get; set; }

    public EniState State { get; private set; }

    public DateTimeOffset Since { get; set; }

    public bool Busy { get; private set; }

    /// <summary>Counts the actions on the ENI, so that an answer older than the last action is recognised.</summary>
    public int Version { get; private set; }

    public bool Retiring { get; set; }

    public bool Leftover { get; set; }

    /// <summary>A tag of it says that the pool is to leave it as it is.</summary>
    public bool Excluded { get; set; }

    /// <summary>Its addresses can be given out.</summary>
    public bool IsOpen => State == EniState.InUse && !Retiring && !Suspect && !Excluded;

    /// <summary>It takes a slot of the instance, or will; false for a lost one that the cloud shows elsewhere or nowhere.</summary>
    public bool TakesSlot { get; set; } = true;

    public bool InDoubt { get; set; }

    public bool Resend { get; set; }

    /// <summary>The store does not have its identity yet: whatever is stored of it takes the identity along.</summary>
    public bool Unstored { get; set; }

    /// <summary>The metadata service does not show it: nothing of it is given out before the cloud confirms it.</summary>
    public bool Suspect { get; set; }

    public DateTimeOffset NotBefore { get; set; }

    public DateTimeOffset NextLook { get; set; }

    /// <summary>Looks at the cloud since the ENI entered its state.</summary>
    public int Looks { get; set; }

    /// <summary>The node has shown its link since the cloud was asked to attach it.</summary>
    public bool LinkSeen { get; set; }

    /// <summary>Failures in a row that concern this ENI only.</summary>
    public int Failures { get; set; }

    /// <summary>When a create call of unknown outcome ended last: so long after it nothing can come of it any more.</summary>
    public DateTimeOffset LastCreateCall { get; set; } = requestedAt;

    public int Arriving { get; set; }

    public Dictionary<IPAddress, PoolAddress> Addresses { get; } = [];

    /// <summary>The primary address, once known.</summary>
    public PoolAddress? Primary { get; set; }

    public AddressTally V4 { get; } = new();

    public AddressTally V6 { get; } = new();

    public int Held => Math.Max(V4.Held, V6.Held);

    public string Name => Identity?.Id.Value ?? $"new ENI {Token}";

    /// <summary>How many requests for these families it can serve at once.</summary>
    public int IdleFor(AddressFamilies families) => families switch
    {
        AddressFamilies.IPv4 => V4.Idle.Count,
        AddressFamilies.IPv6 => V6.Idle.Count,
        _ => Math.Min(V4.Idle.Count, V6.Idle.Count),
    };

    /// <summary>How many requests for these families it can serve once nothing rests any more.</summary>
    public int FreeFor(AddressFamilies families) => families switch
    {
        AddressFamilies.IPv4 => V4.Free,
        AddressFamilies.IPv6 => V6.Free,
        _ => Math.Min(V4.Free, V6.Free),
    };

    public void Move(EniEvent e, DateTimeOffset now)
    {
        State = EniTransitions.Next(State, e)
            ?? throw new InvalidOperationException($"{Name} is {State}: {e} is not possible.");
        Since = now;
        history.Record(this, e, now);
        Looks = 0;
        Resend = false;
    }

    public void Begin()
    {
        if (Busy)
            throw new InvalidOperationException($"{Name} is busy already.");
        Busy = true;
        Version++;
    }

    public void End()
    {
        Busy = false;
        Version++;
    }

    public StoredEni ToStored() => new()
    {
        Token = Token,
        Intent = Intent,
        RequestedAt = RequestedAt,
        Eni = Identity,
        Retiring = Retiring,
        Excluded = Excluded,
    };

    /// <summary>The ENI as the planner sees it. Where leases have both families, counts are of pairs, and what one family has
    /// beyond them is its surplus.</summary>
    public EniFacts ToFacts(AddressFamilies families)
    {
        var isDual = families == AddressFamilies.DualStack;
        var free = FreeFor(families);
        var idle = Suspect ? 0 : IdleFor(families);
        var idleSecondary = Suspect ? 0 : V4.Idle.Count - (Primary?.IdleNode.List is null ? 0 : 1);
        var idle6 = Suspect || !isDual ? 0 : V6.Idle.Count;
        var surplus = V4.Free - free;
        var surplus6 = isDual ? V6.Free - free : 0;
        return new EniFacts
        {
            Slot = Slot,
            State = State,
            VSwitch = Intent.VSwitch,
            Since = Since,
            Busy = Busy,
            Retiring = Retiring,
            Leftover = Leftover,
            Excluded = Excluded,
            TakesSlot = State != EniState.Lost || TakesSlot,
            InDoubt = InDoubt,
            Resend = Resend,
            NotBefore = NotBefore,
            NextLook = NextLook,
            Total = V4.Assigned,
            Total6 = isDual ? V6.Assigned : 0,
            Surplus = surplus,
            Surplus6 = surplus6,
            Arriving = Arriving,
            Idle = idle,
            Trimmable = isDual ? Math.Min(idleSecondary, idle6) : idleSecondary,
            TrimmableSurplus = Math.Min(surplus, idleSecondary),
            TrimmableSurplus6 = Math.Min(surplus6, idle6),
            Resting = Math.Max(0, free - IdleFor(families)),
            Rests = V4[AddressState.Resting] + V6[AddressState.Resting] > 0,
            Held = Held,
            Unassigning = V4[AddressState.Unassigning] + V6[AddressState.Unassigning],
        };
    }
}
