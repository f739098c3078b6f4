using Terway.Cloud;
using Terway.Ipam.Internal;
using Terway.Ipam.Planning;
using Terway.Ipam.States;
using Terway.Ipam.Store;

namespace Terway.Ipam.Actions;

/// <summary>Creates ENIs so that none is ever forgotten.</summary>
/// <remarks>
/// The intent is in the store before the call, and the call's token is also a tag of the ENI. While the outcome is not known,
/// the ENI is looked for by that tag and the call is repeated with the same token. Only when nothing shows up
/// for <see cref="EniPoolOptions.SettleTime"/> after the last call does it count as not created.
/// </remarks>
internal sealed class EniCreation(PoolCore core, CloudCall calls, CloudView view)
{
    private PoolState State => core.State;

    public PoolEni BeginLocked(PoolAction.CreateEni action)
    {
        var now = core.Now;
        var token = NewToken();
        var eni = State.AddEni(token, new EniIntent
        {
            VSwitch = action.VSwitch,
            Addresses = action.Addresses,
            Ipv6Addresses = action.Ipv6,
            SecurityGroups = core.SecurityGroupsLocked,
            Tags = OwnTags.ForCreate(State.Instance!.InstanceId, token, core.Options),
            ResourceGroup = core.Options.ResourceGroup,
        }, now);
        eni.Move(EniEvent.CreateRequested, now);
        eni.Arriving = action.Addresses;
        eni.Begin();
        State.VSwitches.Took(action.VSwitch, action.Addresses);
        State.VSwitches.Reorder();
        return eni;
    }

    public async Task CreateAsync(PoolEni eni, CancellationToken stopping)
    {
        if (!core.TryStore(eni))
        {
            lock (State.Lock)
            {
                NotCreatedLocked(eni);
                State.Pauses.Set(ActionKind.Create, State.Pauses.Faults.First(fault => fault.Owner == FaultOwner.Store), core.Now + core.Options.QuotaPause);
            }

            return;
        }

        try
        {
            await SendAsync(eni, stopping).ConfigureAwait(false);
        }
        catch (CloudApiException e) when (e.Kind != CloudErrorKind.Ambiguous)
        {
            core.TryCommit(eni.Name, new LedgerChange.DropEni(eni.Token));
            lock (State.Lock)
            {
                NotCreatedLocked(eni);
                calls.FailedLocked(ActionKind.Create, e, eni, eni.Intent.VSwitch.Value, eni.Intent.Addresses);
            }
        }
        catch (CloudApiException e)
        {
            lock (State.Lock)
            {
                eni.InDoubt = true;
                eni.LastCreateCall = core.Now;
                calls.FailedLocked(ActionKind.Create, e, eni, eni.Name);
            }
        }
    }

    /// <summary>Finds out what became of a create call: by its tag, then by repeating it with its token, at last by waiting.</summary>
    public async Task ResolveAsync(PoolEni eni, CancellationToken stopping)
    {
        try
        {
            var found = await calls.RunAsync("DescribeNetworkInterfaces",
                token => core.Cloud.ListNetworkInterfacesAsync(QueryFor(eni), token), stopping).ConfigureAwait(false);
            if (!found.IsEmpty)
                Found(eni, found[0], "DescribeNetworkInterfaces", null);
            else if (eni.LastCreateCall + core.Options.SettleTime <= core.Now)
                Settle(eni);
            else if (eni.Identity is null)
                await SendAsync(eni, stopping).ConfigureAwait(false);
            else
                Wait(eni);
        }
        catch (CloudApiException e)
        {
            lock (State.Lock)
            {
                eni.InDoubt = true;
                eni.Arriving = 0;
                if (e.Kind == CloudErrorKind.Ambiguous)
                    eni.LastCreateCall = core.Now;
                calls.FailedLocked(ActionKind.Create, e, eni, eni.Name);
                calls.DelayLocked(eni);
            }
        }
    }

    private async Task SendAsync(PoolEni eni, CancellationToken stopping)
    {
        var reply = await calls.RunAsync("CreateNetworkInterface",
            token => core.Cloud.CreateNetworkInterfaceAsync(RequestFor(eni), token), stopping).ConfigureAwait(false);
        core.Log.EniCreated(reply.Value.Id, eni.Intent.VSwitch, eni.Intent.Addresses, reply.RequestId);
        Found(eni, reply.Value, "CreateNetworkInterface", reply.RequestId);
    }

    private void Found(PoolEni eni, NetworkInterface found, string call, RequestId? callId)
    {
        lock (State.Lock)
        {
            using var because = State.History.Because(call: call, callId: callId);
            eni.Arriving = 0;
            eni.InDoubt = false;
            calls.SucceededLocked(ActionKind.Create, eni);
            if (State.FindEni(found.Id) is { } known && known != eni)
            {
                // The lease of a pod had told of it before its creation was explained.
                NotCreatedLocked(eni);
                return;
            }

            view.IdentifyLocked(eni, found);
            view.ApplyLocked(eni, found);
        }

        core.TryStore(eni);
    }

    private void Settle(PoolEni eni)
    {
        core.TryCommit(eni.Name, new LedgerChange.DropEni(eni.Token));
        lock (State.Lock)
        {
            NotCreatedLocked(eni);
        }
    }

    private void Wait(PoolEni eni)
    {
        lock (State.Lock)
        {
            calls.DelayLocked(eni);
        }
    }

    private void NotCreatedLocked(PoolEni eni)
    {
        eni.Arriving = 0;
        eni.Move(EniEvent.NotCreated, core.Now);
        State.RemoveEni(eni);
    }

    private static NetworkInterfaceQuery QueryFor(PoolEni eni) => eni.Identity is { } known
        ? new NetworkInterfaceQuery { Ids = [known.Id] }
        : new NetworkInterfaceQuery { Tags = [new ResourceTag(OwnTags.CreateKey, eni.Token.Value)] };

    private static CreateNetworkInterfaceRequest RequestFor(PoolEni eni) => new()
    {
        VSwitchId = eni.Intent.VSwitch,
        SecurityGroupIds = eni.Intent.SecurityGroups,
        SecondaryIpAddressCount = eni.Intent.Addresses - 1,
        Ipv6AddressCount = eni.Intent.Ipv6Addresses,
        SourceDestCheck = false,
        DeleteOnRelease = true,
        Tags = eni.Intent.Tags,
        Description = "interface create by terway",
        ResourceGroupId = eni.Intent.ResourceGroup,
        ClientToken = eni.Token,
    };

    private ClientToken NewToken()
    {
        Span<byte> bytes = stackalloc byte[16];
        core.Random.NextBytes(bytes);
        return new ClientToken(new Guid(bytes).ToString("D"));
    }
}
