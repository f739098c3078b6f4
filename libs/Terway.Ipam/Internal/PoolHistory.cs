using System.Net;
using Terway.Cloud;
using Terway.Ipam.States;

namespace Terway.Ipam.Internal;

/// <summary>What happened lately, by address, by ENI and by request. All members are called under the pool's lock.</summary>
/// <remarks>Leases have a ring of their own, so that a storm of pods does not push out what happened to the ENIs.</remarks>
internal sealed class PoolHistory(Func<DateTimeOffset> now)
{
    /// <summary>Some three hundred lives of pods, in less than half a megabyte.</summary>
    private const int Leases = 2048;

    private const int Enis = 1024;

    private readonly HistoryRing _leases = new(Leases);
    private readonly HistoryRing _enis = new(Enis);
    private string? _call;
    private RequestId? _callId;
    private string? _why;
    private long _last;

    /// <summary>Whatever is recorded until the scope ends was caused by this. Scopes do not nest.</summary>
    public Scope Because(string? why = null, string? call = null, RequestId? callId = null)
    {
        (_why, _call, _callId) = (why, call, callId);
        return new Scope(this);
    }

    public void Record(PoolAddress address, AddressEvent e, DateTimeOffset at)
    {
        if (HistoryWords.Of(e) is { } what)
            Add(_leases, About(address, address.Lease, what, at));
    }

    public void Record(PoolEni eni, EniEvent e, DateTimeOffset at) => Add(_enis, About(eni, HistoryWords.Of(e), at));

    /// <summary>A lease: of an address that was free, or found in the store or the kernel.</summary>
    public void Leased(PoolAddress address, Lease lease, string? request) => Add(_leases,
        About(address, lease, address.State == AddressState.Reserved ? "was leased" : "was found in use", now()) with { Request = request });

    /// <summary>The cloud accepted a call about an ENI.</summary>
    public void Called(PoolEni eni, string call, RequestId callId) =>
        Add(_enis, About(eni, "the cloud accepted the call", now()) with { Call = call, CallId = callId });

    /// <summary>A call failed.</summary>
    public void Failed(PoolEni? eni, PoolFault fault, RequestId? callId)
    {
        var entry = new HistoryEntry(now(), "the call failed") { Why = fault.Reason, Call = fault.Operation, CallId = callId, Fault = fault };
        Add(_enis, eni is null ? entry : entry with { Slot = eni.Slot.Number, Eni = eni.Identity?.Id });
    }

    /// <summary>The pool begins with an action of its plan.</summary>
    public void Begun(string action, string why, PoolEni? eni) =>
        Add(_enis, new HistoryEntry(now(), $"the pool begins {action}") { Why = why, Slot = eni?.Slot.Number ?? 0, Eni = eni?.Identity?.Id });

    /// <summary>Something happened to a request.</summary>
    public void Asked(LeaseRequest request, string what, PoolFault? fault = null) => Add(_leases, new HistoryEntry(now(), what)
    {
        Why = fault?.Reason,
        Pod = request.Pod,
        Attachment = request.Attachment,
        Request = request.RequestId,
        Fault = fault,
    });

    public List<PoolEvent> Of(IPAddress address) => Events(_leases.All.Where(entry => address.Equals(entry.Address)));

    public List<PoolEvent> Of(EniId id)
    {
        var slots = _enis.All.Where(entry => entry.Eni == id && entry.Slot > 0).Select(entry => entry.Slot).ToHashSet();
        return Events(_enis.All.Where(entry => slots.Contains(entry.Slot) || entry.Eni == id));
    }

    /// <summary>What happened to a pod, and while it waited, to the pool.</summary>
    public List<PoolEvent> Of(PodKey pod)
    {
        var own = _leases.All.Where(entry => entry.Pod == pod).ToList();
        var waits = Waits(own);
        var meanwhile = _enis.All.Where(entry => waits.Exists(wait => wait.From < entry.Number && entry.Number < wait.To));
        return Events(own.Concat(meanwhile).OrderBy(entry => entry.Number));
    }

    /// <summary>From the entry that a request waits to the next one about its attachment.</summary>
    private static List<(long From, long To)> Waits(List<HistoryEntry> own)
    {
        var waits = new List<(long, long)>();
        for (var i = 0; i < own.Count; i++)
        {
            if (own[i] is not { Fault: null, Address: null } || own[i].What != RequestWords.Waits)
                continue;
            var end = own.FindIndex(i + 1, later => later.Attachment == own[i].Attachment);
            waits.Add((own[i].Number, end < 0 ? long.MaxValue : own[end].Number));
        }

        return waits;
    }

    private void Add(HistoryRing ring, HistoryEntry entry) => ring.Add(entry with { Number = ++_last });

    private HistoryEntry About(PoolAddress address, Lease? lease, string what, DateTimeOffset at) => new(at, what)
    {
        Why = _why,
        Call = _call,
        CallId = _callId,
        Slot = address.Eni.Slot.Number,
        Eni = address.Eni.Identity?.Id,
        Address = address.Address,
        Pod = lease?.Pod,
        Attachment = lease?.Attachment,
    };

    private HistoryEntry About(PoolEni eni, string what, DateTimeOffset at) => new(at, what)
    {
        Why = _why,
        Call = _call,
        CallId = _callId,
        Slot = eni.Slot.Number,
        Eni = eni.Identity?.Id,
    };

    private static List<PoolEvent> Events(IEnumerable<HistoryEntry> entries) => [.. entries.Select(entry => entry.ToEvent())];

    /// <summary>Ends what <see cref="Because"/> began.</summary>
    internal readonly struct Scope(PoolHistory history) : IDisposable
    {
        public void Dispose() => (history._why, history._call, history._callId) = (null, null, null);
    }
}
