using System.Collections.Immutable;
using Terway.Cloud;
using Terway.Ipam.Internal;
using Terway.Ipam.Planning;
using Terway.Ipam.States;
using Terway.Ipam.Store;

namespace Terway.Ipam.Actions;

/// <summary>Attaches, prepares, detaches and deletes ENIs, and looks how far they got.</summary>
internal sealed class EniMoves(PoolCore core, CloudCall calls, CloudView view, EniAudit audit)
{
    /// <summary>Failures after which an attached ENI that nobody uses yet is given back.</summary>
    private const int PrepareAttempts = 5;

    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(15);
    private const double LookFactor = 1.3;
    private const int MostLooks = 20;

    private readonly AttachPace _attachPace = new();

    private PoolState State => core.State;

    private InstanceId Instance => State.Instance!.InstanceId;

    public void BeginAttachLocked(PoolEni eni)
    {
        eni.Move(EniEvent.AttachRequested, core.Now);
        eni.Leftover = false;
        eni.LinkSeen = false;
        eni.NextLook = core.Now + _attachPace.First;
    }

    public async Task AttachAsync(PoolEni eni, CancellationToken stopping)
    {
        try
        {
            var reply = await calls.RunAsync("AttachNetworkInterface",
                token => core.Cloud.AttachNetworkInterfaceAsync(new AttachNetworkInterfaceRequest(eni.Identity!.Id, Instance), token), stopping).ConfigureAwait(false);
            lock (State.Lock)
            {
                if (!eni.LinkSeen)
                    eni.NextLook = core.Now + _attachPace.First;
                State.History.Called(eni, "AttachNetworkInterface", reply.RequestId);
                calls.SucceededLocked(ActionKind.Attach, eni);
            }
        }
        catch (CloudApiException e)
        {
            lock (State.Lock)
            {
                calls.FailedLocked(ActionKind.Attach, e, eni, eni.Name);
                if (e.Kind is CloudErrorKind.Ambiguous or CloudErrorKind.NotFound or CloudErrorKind.InvalidState)
                    return;
                eni.Move(EniEvent.FoundFree, core.Now);
                eni.Retiring |= !e.IsTransient && e.Kind != CloudErrorKind.Permission;
                if (e.Kind == CloudErrorKind.Quota)
                    State.MetadataDue = core.Now;
            }
        }
    }

    /// <summary>Asks about an ENI at once when the node shows its link. This is no call, and nothing waits for it.</summary>
    public async Task WatchLinkAsync(PoolEni eni, CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(core.Options.TransitionTimeout, core.Clock.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        try
        {
            if (!await core.Links.AppearedAsync(eni.Identity!, both.Token).ConfigureAwait(false))
                return;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return;
        }

        lock (State.Lock)
        {
            if (eni.State != EniState.Attaching)
                return;
            eni.LinkSeen = true;
            eni.Looks = 0;
            eni.NextLook = core.Now;
        }

        core.Wake.Set();
    }

    public async Task PrepareAsync(PoolEni eni, CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(core.Options.PrepareTimeout, core.Clock.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        try
        {
            await LearnSubnetAsync(eni, both.Token).ConfigureAwait(false);
            await core.Links.PrepareAsync(eni.Identity!, both.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or CloudApiException || e is OperationCanceledException && !stopping.IsCancellationRequested)
        {
            PrepareFailed(eni, e);
            return;
        }

        lock (State.Lock)
        {
            if (EniTransitions.Next(eni.State, EniEvent.Prepared) is null)
                return;
            eni.Move(EniEvent.Prepared, core.Now);
            eni.Retiring = false;
            calls.SucceededLocked(ActionKind.Prepare, eni);
            State.Pauses.Clear(LossReport.KeyOf(eni));
        }

        core.Log.EniReady(eni.Identity!.Id);
    }

    public void BeginDetachLocked(PoolEni eni)
    {
        var now = core.Now;
        foreach (var address in eni.Addresses.Values.Where(address => AddressBook.Accepts(address, AddressEvent.EniRetired)).ToArray())
            State.Addresses.Move(address, AddressEvent.EniRetired, now);
        if (eni.State == EniState.Detaching)
            eni.Since = now;
        else
            eni.Move(EniEvent.DetachRequested, now);
        eni.Retiring = true;
        eni.Resend = false;
        eni.NextLook = now + FirstLook;
    }

    public async Task DetachAsync(PoolEni eni, bool canAbandon, CancellationToken stopping)
    {
        if (!core.TryStore(eni) && canAbandon)
        {
            lock (State.Lock)
            {
                AbandonLocked(eni);
                calls.DelayLocked(eni);
            }

            return;
        }

        await RemoveLinkAsync(eni, stopping).ConfigureAwait(false);
        try
        {
            var reply = await calls.RunAsync("DetachNetworkInterface",
                token => core.Cloud.DetachNetworkInterfaceAsync(new DetachNetworkInterfaceRequest(eni.Identity!.Id, Instance), token), stopping).ConfigureAwait(false);
            Succeeded(ActionKind.Detach, eni, "DetachNetworkInterface", reply);
        }
        catch (CloudApiException e)
        {
            DetachFailed(eni, e, canAbandon);
        }
    }

    public void BeginDeleteLocked(PoolEni eni)
    {
        if (eni.State == EniState.Deleting)
            eni.Since = core.Now;
        else
            eni.Move(EniEvent.DeleteRequested, core.Now);
        eni.Retiring = true;
        eni.Resend = false;
        eni.NextLook = core.Now + FirstLook;
    }

    public async Task DeleteAsync(PoolEni eni, CancellationToken stopping)
    {
        try
        {
            var reply = await calls.RunAsync("DeleteNetworkInterface",
                token => core.Cloud.DeleteNetworkInterfaceAsync(eni.Identity!.Id, token), stopping).ConfigureAwait(false);
            Succeeded(ActionKind.Delete, eni, "DeleteNetworkInterface", reply);
        }
        catch (CloudApiException e)
        {
            lock (State.Lock)
            {
                eni.NextLook = core.Now;
                if (e.Kind == CloudErrorKind.NotFound)
                    return;
                calls.FailedLocked(ActionKind.Delete, e, eni, eni.Name);
                eni.Resend = e.Kind is not (CloudErrorKind.Ambiguous or CloudErrorKind.InvalidState);
            }
        }
    }

    /// <summary>Asks the cloud about ENIs with one call.</summary>
    public async Task DescribeAsync(ImmutableArray<PoolEni> enis, CancellationToken stopping)
    {
        try
        {
            var query = new NetworkInterfaceQuery { Ids = [.. enis.Select(eni => eni.Identity!.Id)] };
            var found = (await calls.RunAsync("DescribeNetworkInterfaces",
                token => core.Cloud.ListNetworkInterfacesAsync(query, token), stopping).ConfigureAwait(false)).ToDictionary(eni => eni.Id);
            var gone = new List<PoolEni>();
            lock (State.Lock)
            {
                using var because = State.History.Because(call: "DescribeNetworkInterfaces");
                foreach (var eni in enis)
                    LookedLocked(eni, found.GetValueOrDefault(eni.Identity!.Id), gone);
                calls.SucceededLocked(ActionKind.Describe, null);
            }

            foreach (var eni in gone)
                core.TryCommit(eni.Name, new LedgerChange.DropEni(eni.Token));
        }
        catch (CloudApiException e)
        {
            lock (State.Lock)
            {
                calls.FailedLocked(ActionKind.Describe, e, null, $"{enis.Length} ENIs");
            }
        }
    }

    private void LookedLocked(PoolEni eni, NetworkInterface? found, List<PoolEni> gone)
    {
        eni.Arriving = 0;
        var (state, since, looks) = (eni.State, eni.Since, eni.Looks);
        if (found is not null)
            audit.ApplyLocked(eni, found);
        if (view.ApplyLocked(eni, found))
        {
            gone.Add(eni);
            return;
        }

        if (eni.State != state)
        {
            if (state == EniState.Attaching && eni.State == EniState.Preparing)
                _attachPace.Done(core.Now - since, eni.LinkSeen ? 1 : looks);
            eni.NextLook = core.Now;
            return;
        }

        var delay = state == EniState.Attaching ? AttachPace.Next(looks) : FirstLook * Math.Pow(LookFactor, Math.Min(looks, MostLooks));
        eni.Looks++;
        eni.NextLook = core.Now + (delay < LongestLook ? delay : LongestLook);
    }

    private void Succeeded(ActionKind kind, PoolEni eni, string call, CloudReply reply)
    {
        lock (State.Lock)
        {
            eni.NextLook = core.Now + FirstLook;
            State.History.Called(eni, call, reply.RequestId);
            calls.SucceededLocked(kind, eni);
        }
    }

    /// <summary>The subnet is known from the vSwitch; for an ENI of an earlier run, from the metadata service.</summary>
    private async Task LearnSubnetAsync(PoolEni eni, CancellationToken cancellationToken)
    {
        var identity = eni.Identity!;
        var isDual = core.Options.Families.HasFlag(AddressFamilies.IPv6);
        if (identity.Subnet is not null && (!isDual || identity.Subnet6 is not null))
            return;
        var shown = await core.Metadata.GetInterfaceAsync(identity.Mac, cancellationToken).ConfigureAwait(false)
            ?? throw new IOException($"The metadata service does not show {identity.Id} yet.");
        if (isDual && shown.VSwitchIpv6Cidr is null)
            throw new IOException($"The metadata service shows no IPv6 for {identity.VSwitch}, the vSwitch of {identity.Id}.");
        lock (State.Lock)
        {
            eni.Identity = identity with { Subnet = shown.VSwitchCidr, Subnet6 = shown.VSwitchIpv6Cidr };
        }

        core.TryStore(eni);
    }

    private void PrepareFailed(PoolEni eni, Exception e)
    {
        core.Log.PrepareFailed(eni.Identity!.Id, e);
        lock (State.Lock)
        {
            eni.InDoubt = true;
            calls.DelayLocked(eni);
            eni.Retiring = eni.Failures >= PrepareAttempts && eni.Held == 0;
            State.Pauses.Keep(LossReport.KeyOf(eni), new PoolFault
            {
                Code = IpamErrorCode.EniNotReady,
                Operation = "prepare the link of",
                Subject = eni.Name,
                Reason = e is OperationCanceledException ? $"the link was not ready within {core.Options.PrepareTimeout.TotalSeconds:0} s" : e.Message,
                Hint = "Check the node's kernel log and that a link with the ENI's MAC address is there.",
                Owner = FaultOwner.Node,
                At = core.Now,
            });
        }
    }

    private async Task RemoveLinkAsync(PoolEni eni, CancellationToken stopping)
    {
        try
        {
            await core.Links.RemoveAsync(eni.Identity!, stopping).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            core.Log.RemoveFailed(eni.Identity!.Id, e);
        }
    }

    private void DetachFailed(PoolEni eni, CloudApiException e, bool canAbandon)
    {
        lock (State.Lock)
        {
            eni.NextLook = core.Now;
            if (e.Kind == CloudErrorKind.NotFound)
                return;
            calls.FailedLocked(ActionKind.Detach, e, eni, eni.Name);
            if (e.Kind is CloudErrorKind.Ambiguous or CloudErrorKind.InvalidState)
                return;
            if (e.IsTransient || !canAbandon)
            {
                eni.Resend = true;
                return;
            }

            AbandonLocked(eni);
        }

        core.TryStore(eni);
    }

    private void AbandonLocked(PoolEni eni)
    {
        eni.Move(EniEvent.DetachAbandoned, core.Now);
        eni.Retiring = false;
        eni.InDoubt = true;
    }
}
