using System.Text.Json;
using Terway.Cni.Daemon;
using Terway.Ipam;
using Terwayd.Contract;
using Terwayd.Enforcement;
using Terwayd.Node;

namespace Terwayd.Show;

/// <summary>The daemon's state as documents, one moment of the pool each.</summary>
internal sealed class ShowDocuments(EniPool pool, NodeIdentity node, IPodPolicy policy)
{
    internal string Write(ShowRequest request)
    {
        if (request.Subject is ShowSubject.Address or ShowSubject.Eni or ShowSubject.Pod)
            return JsonSerializer.Serialize(EventDocuments.Of(pool, request), ShowJsonContext.Default.IReadOnlyListEventRow);
        var snapshot = pool.Snapshot();
        return request.Subject switch
        {
            ShowSubject.Pods => JsonSerializer.Serialize(Pods(snapshot), ShowJsonContext.Default.IReadOnlyListPodRow),
            ShowSubject.Policy => JsonSerializer.Serialize(policy.Describe(), ShowJsonContext.Default.PolicyRow),
            ShowSubject.Enis => JsonSerializer.Serialize(Enis(snapshot), ShowJsonContext.Default.IReadOnlyListEniRow),
            _ => JsonSerializer.Serialize(Pool(snapshot), ShowJsonContext.Default.PoolRow),
        };
    }

    private static IReadOnlyList<PodRow> Pods(PoolSnapshot snapshot) => [.. snapshot.Leases.Select(Pod)];

    private static PodRow Pod(Lease lease)
    {
        var note = LeaseNote.Read(lease.Payload);
        return new PodRow
        {
            Namespace = lease.Pod.Namespace,
            Name = lease.Pod.Name,
            Uid = lease.PodUid,
            ContainerId = lease.Attachment.ContainerId,
            IfName = lease.Attachment.IfName,
            Network = note.Network,
            NetNs = note.NetNs,
            IPv4 = lease.IPv4?.ToString(),
            IPv6 = lease.IPv6?.ToString(),
            Eni = lease.Eni.Id.Value,
            Mac = MacText.Of(lease.Eni.Mac),
            VSwitch = lease.Eni.VSwitch.Value,
            GrantedAt = lease.GrantedAt,
        };
    }

    private static IReadOnlyList<EniRow> Enis(PoolSnapshot snapshot) =>
    [
        .. snapshot.Enis.Select(eni => new EniRow
        {
            Id = eni.Id?.Value,
            State = Word(eni.State),
            Since = eni.Since,
            Mac = eni.Mac is { } mac ? MacText.Of(mac) : null,
            VSwitch = eni.VSwitch.Value,
            Managed = true,
            Addresses = [.. eni.Addresses.Select(Address)],
        }),
        .. snapshot.ForeignEnis.Select(id => new EniRow
        {
            Id = id.Value, State = "foreign", Since = snapshot.At, VSwitch = "", Managed = false, Addresses = [],
        }),
    ];

    private static AddressRow Address(AddressView address) => new()
    {
        Address = address.Address.ToString(),
        State = Word(address.State),
        Primary = address.IsPrimary,
        Pod = address.Pod?.ToString(),
        RestsUntil = address.RestsUntil,
    };

    private PoolRow Pool(PoolSnapshot snapshot) => new()
    {
        Node = node.Name,
        At = snapshot.At,
        Ready = pool.CanLease().CanLease,
        Recovered = snapshot.Recovered,
        MaxEnis = snapshot.MaxEnis,
        AddressesPerEni = snapshot.AddressesPerEni,
        Enis = snapshot.Enis.Length,
        Leases = snapshot.Leases.Length,
        Addresses = snapshot.Enis.SelectMany(e => e.Addresses).GroupBy(a => Word(a.State)).OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count()),
        Waiting = [.. snapshot.Waiting.Select(w => new WaiterRow(w.Pod.ToString(), w.Attachment.ContainerId, w.Attachment.IfName, w.Since, w.Deadline, Families(w.Families), Families(w.Lacks)))],
        VSwitches = [.. snapshot.VSwitches.Select(v => new VSwitchRow(v.Id.Value, v.Available, v.SetAsideUntil))],
        Faults = [.. snapshot.Faults.Select(EventDocuments.Row)],
        Plan = snapshot.Plan,
    };

    private static string Families(AddressFamilies families) => families switch
    {
        AddressFamilies.IPv4 => "IPv4",
        AddressFamilies.IPv6 => "IPv6",
        AddressFamilies.DualStack => "IPv4+IPv6",
        _ => "",
    };

    /// <summary>An enum's member as JSON writes names: <c>inUse</c>.</summary>
    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
