using System.Collections.Immutable;
using Terway.Cloud;
using Terway.Ipam.Internal;
using Terway.Ipam.Planning;
using Terway.Ipam.States;
using Terway.Ipam.Store;

namespace Terway.Ipam.Actions;

/// <summary>Compares the pool with all that the cloud and the metadata service show of this node, by content and age.</summary>
internal sealed class Sweeper(PoolCore core, CloudCall calls, CloudView view, EniAudit audit)
{
    /// <summary>How long the metadata service may lag behind the API.</summary>
    private static readonly TimeSpan MetadataLag = TimeSpan.FromSeconds(15);

    /// <summary>Periods vary by a tenth so that the nodes of a cluster do not call together.</summary>
    private const double PeriodJitter = 0.1;

    private PoolState State => core.State;

    /// <summary>Lists every ENI with this node's tags: adopts those that the pool forgot, drops those that are gone.</summary>
    public async Task SweepAsync(CancellationToken stopping)
    {
        try
        {
            var before = Versions();
            var query = new NetworkInterfaceQuery { Tags = OwnTags.ForNode(State.Instance!.InstanceId) };
            var found = await calls.RunAsync("DescribeNetworkInterfaces",
                token => core.Cloud.ListNetworkInterfacesAsync(query, token), stopping).ConfigureAwait(false);
            var changes = new List<LedgerChange>();
            lock (State.Lock)
            {
                using var because = State.History.Because("the sweep", "DescribeNetworkInterfaces");
                foreach (var eni in found)
                    MatchLocked(eni, before, changes);
                var shown = found.Select(eni => eni.Id).ToHashSet();
                foreach (var eni in State.Enis.ToArray())
                {
                    if (eni.Identity is { } known && !shown.Contains(known.Id) && IsUntouchedLocked(eni, before))
                        ApplyLocked(eni, null, changes);
                }

                CompleteLocked(changes);
                calls.SucceededLocked(ActionKind.Sweep, null);
            }

            if (changes.Count > 0 && !core.TryCommit("the sweep", [.. changes]))
                SweepAgain();
        }
        catch (CloudApiException e)
        {
            lock (State.Lock)
            {
                calls.FailedLocked(ActionKind.Sweep, e, null, "this node's ENIs");
            }
        }
    }

    /// <summary>Compares with the metadata service, which costs no API call; whatever differs is asked of the API before it is believed.</summary>
    public async Task SyncMetadataAsync(CancellationToken stopping)
    {
        try
        {
            var before = Versions();
            var shown = await ReadAsync(core, calls, stopping).ConfigureAwait(false);
            StoredNode? changed;
            lock (State.Lock)
            {
                foreach (var eni in State.Enis)
                {
                    if (eni.State is EniState.InUse or EniState.Preparing && IsUntouchedLocked(eni, before))
                        CompareLocked(eni, shown.GetValueOrDefault(eni.Identity!.Id));
                }

                changed = UpdateForeignLocked(shown.Keys);
                State.MetadataDue = core.Now + Jittered(core.Options.MetadataInterval);
                calls.SucceededLocked(ActionKind.SyncMetadata, null);
            }

            if (changed is not null)
                core.TryCommit("the node", new LedgerChange.PutNode(changed));
        }
        catch (CloudApiException e)
        {
            lock (State.Lock)
            {
                calls.FailedLocked(ActionKind.SyncMetadata, e, null, "the metadata service");
            }
        }
    }

    /// <summary>All attached ENIs but the primary one, as the metadata service shows them.</summary>
    public static async Task<Dictionary<EniId, MetadataInterface>> ReadAsync(PoolCore core, CloudCall calls, CancellationToken stopping)
    {
        var instance = await calls.RunAsync("metadata instance", core.Metadata.GetInstanceAsync, stopping).ConfigureAwait(false);
        var macs = await calls.RunAsync("metadata macs", core.Metadata.GetMacAddressesAsync, stopping).ConfigureAwait(false);
        var shown = new Dictionary<EniId, MetadataInterface>();
        foreach (var mac in macs)
        {
            if (mac.Equals(instance.PrimaryMacAddress))
                continue;
            if (await calls.RunAsync("metadata interface", token => core.Metadata.GetInterfaceAsync(mac, token), stopping).ConfigureAwait(false) is { } eni)
                shown[eni.Id] = eni;
        }

        return shown;
    }

    /// <summary>The first sweep of a new store is repeated twice: when calls of an earlier life of the program have ended, for the
    /// addresses that they may have taken, and when they can no longer take effect, for the ENIs that they may have made.</summary>
    private void CompleteLocked(List<LedgerChange> changes)
    {
        if (State.SweepRequired)
            State.FirstSweptAt = core.Now;
        State.SweepRequired = false;
        var since = core.Now - State.FirstSweptAt;
        if (since < core.Options.SettleTime)
        {
            var ended = CloudView.EarlierCalls(core.Options);
            var next = since < ended ? ended : core.Options.SettleTime;
            State.SweepDue = State.FirstSweptAt + (next < core.Options.SettleTime ? next : core.Options.SettleTime);
            return;
        }

        State.SweepDue = core.Now + Jittered(core.Options.SweepInterval);
        if (State.Node is { Swept: false } node)
            changes.Add(new LedgerChange.PutNode(State.Node = node with { Swept = true }));
    }

    /// <summary>What was found is not in the store: it must be found again before the store counts as complete.</summary>
    private void SweepAgain()
    {
        lock (State.Lock)
        {
            State.Node = State.Node is { } node ? node with { Swept = false } : null;
            State.SweepDue = core.Now + core.Options.QuotaPause;
        }
    }

    private Dictionary<EniSlot, int> Versions()
    {
        lock (State.Lock)
        {
            return State.Enis.Where(eni => !eni.Busy).ToDictionary(eni => eni.Slot, eni => eni.Version);
        }
    }

    /// <summary>True when nothing was done to the ENI since the question was asked, so that the answer is not older than what is known.</summary>
    private static bool IsUntouchedLocked(PoolEni eni, Dictionary<EniSlot, int> before) =>
        !eni.Busy && before.TryGetValue(eni.Slot, out var version) && version == eni.Version;

    private void MatchLocked(NetworkInterface found, Dictionary<EniSlot, int> before, List<LedgerChange> changes)
    {
        var token = OwnTags.TokenOf(found);
        var eni = State.FindEni(found.Id) ?? (token is { } t ? State.FindEni(t) : null);
        if (eni is null)
            AdoptLocked(found, token ?? new ClientToken(found.Id.Value), changes);
        else if (eni.State != EniState.Creating && IsUntouchedLocked(eni, before))
        {
            audit.ApplyLocked(eni, found);
            ApplyLocked(eni, found, changes);
        }
        else
            eni.InDoubt |= eni.State != EniState.Creating && State.Node?.Swept != true;
    }

    private void AdoptLocked(NetworkInterface found, ClientToken token, List<LedgerChange> changes)
    {
        if (found.Attachment is { } attachment && attachment.InstanceId != State.Instance!.InstanceId)
        {
            core.Log.AttachedElsewhere(found.Id, attachment.InstanceId);
            return;
        }

        var eni = State.AddEni(token, new EniIntent
        {
            VSwitch = found.VSwitchId,
            Addresses = found.SecondaryIpAddresses.Count + 1,
            Ipv6Addresses = found.Ipv6Addresses.Count,
            SecurityGroups = found.SecurityGroupIds,
            Tags = found.Tags,
            ResourceGroup = found.ResourceGroupId,
        }, found.CreationTime ?? core.Now);
        view.IdentifyLocked(eni, found);
        audit.ApplyLocked(eni, found);
        view.ApplyLocked(eni, found, AddressEvent.AssignedOfUnknownAge);
        State.Foreign.Remove(found.Id);
        core.Log.Adopted(eni.Name, found.Status);
        changes.Add(new LedgerChange.PutEni(eni.ToStored()));
    }

    private void ApplyLocked(PoolEni eni, NetworkInterface? found, List<LedgerChange> changes)
    {
        if (view.ApplyLocked(eni, found))
            changes.Add(new LedgerChange.DropEni(eni.Token));
    }

    private void CompareLocked(PoolEni eni, MetadataInterface? shown)
    {
        if (core.Now - eni.Since < MetadataLag)
            return;
        if (shown is null)
        {
            eni.Suspect = true;
            eni.InDoubt = true;
            return;
        }

        var all = CloudView.AddressesOf(shown, AddressFamilies.DualStack);
        foreach (var address in eni.Addresses.Values)
        {
            var isShown = all.Contains(address.Address);
            if (!isShown && (core.Now - address.ShownAt < MetadataLag || address.State is AddressState.Lost))
                continue;
            if (!isShown || !eni.InDoubt)
                AddressBook.SetSuspect(address, suspect: !isShown);
            eni.InDoubt |= !isShown;
        }

        eni.InDoubt |= CloudView.AddressesOf(shown, core.Options.Families).Any(address => State.Addresses.Find(address) is null);
    }

    private StoredNode? UpdateForeignLocked(IEnumerable<EniId> shown)
    {
        var foreign = shown.Where(id => State.FindEni(id) is null).ToHashSet();
        var unknown = foreign.Any(id => !State.Foreign.Contains(id));
        State.SweepRequired |= unknown;
        if (foreign.SetEquals(State.Foreign))
            return null;
        State.Foreign.Clear();
        State.Foreign.UnionWith(foreign);
        return State.Node is null ? null : State.Node = State.Node with { ForeignEnis = [.. foreign.OrderBy(id => id.Value, StringComparer.Ordinal)] };
    }

    private TimeSpan Jittered(TimeSpan period) => period * (1 - PeriodJitter + 2 * PeriodJitter * core.Random.NextDouble());
}
