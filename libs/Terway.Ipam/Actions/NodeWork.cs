using System.Collections.Immutable;
using System.Net;
using Terway.Cloud;
using Terway.Ipam.Internal;
using Terway.Ipam.Planning;
using Terway.Ipam.States;
using Terway.Ipam.Store;

namespace Terway.Ipam.Actions;

/// <summary>Learns about the node and its vSwitches from the cloud.</summary>
internal sealed class NodeWork(PoolCore core, CloudCall calls)
{
    private PoolState State => core.State;

    public async Task ReadNodeAsync(CancellationToken stopping)
    {
        try
        {
            var instance = State.Instance!;
            var limits = await calls.RunAsync("DescribeInstanceTypes",
                token => core.Cloud.FindInstanceTypeAsync(instance.InstanceType, token), stopping).ConfigureAwait(false);
            if (limits is null || limits.EniQuantity < 2 || limits.Ipv4PerEni < 1 || LacksIpv6(limits))
            {
                Unusable(instance, limits);
                return;
            }

            var groups = core.Options.SecurityGroups.Count > 0 ? [] : await PrimaryGroupsAsync(instance, stopping).ConfigureAwait(false);
            Learnt(instance, limits, groups);
        }
        catch (CloudApiException e)
        {
            lock (State.Lock)
            {
                calls.FailedLocked(ActionKind.ReadNode, e, null, State.Instance!.InstanceType.Value);
            }
        }
    }

    public async Task ReadVSwitchesAsync(CancellationToken stopping)
    {
        try
        {
            ImmutableArray<VSwitchId> ids;
            lock (State.Lock)
            {
                ids = [.. State.VSwitches.Ids];
            }

            var found = new Dictionary<VSwitchId, VSwitch>();
            foreach (var id in ids)
            {
                if (await calls.RunAsync("DescribeVSwitches", token => core.Cloud.FindVSwitchAsync(id, token), stopping).ConfigureAwait(false) is { } vSwitch)
                    found.Add(id, vSwitch);
            }

            lock (State.Lock)
            {
                State.VSwitches.Read(ids, found, State.Instance!.ZoneId, core.Now);
                calls.SucceededLocked(ActionKind.ReadVSwitches, null);
            }
        }
        catch (CloudApiException e)
        {
            lock (State.Lock)
            {
                calls.FailedLocked(ActionKind.ReadVSwitches, e, null, "the pool's vSwitches");
            }
        }
    }

    private async Task<EquatableArray<SecurityGroupId>> PrimaryGroupsAsync(InstanceIdentity instance, CancellationToken stopping)
    {
        var query = new NetworkInterfaceQuery { InstanceId = instance.InstanceId, Type = EniType.Primary };
        var primary = await calls.RunAsync("DescribeNetworkInterfaces",
            token => core.Cloud.ListNetworkInterfacesAsync(query, token), stopping).ConfigureAwait(false);
        return primary.IsEmpty ? [] : primary[0].SecurityGroupIds;
    }

    private void Learnt(InstanceIdentity instance, InstanceTypeLimits limits, EquatableArray<SecurityGroupId> groups)
    {
        StoredNode node;
        lock (State.Lock)
        {
            State.Node = node = new StoredNode
            {
                Instance = instance.InstanceId,
                InstanceType = instance.InstanceType,
                EniQuantity = limits.EniQuantity,
                Ipv4PerEni = limits.Ipv4PerEni,
                Ipv6PerEni = limits.Ipv6PerEni,
                Swept = State.Node?.Swept ?? false,
                WarmedUp = State.Node?.WarmedUp ?? core.Options.WarmUpSize == 0,
                SecurityGroups = groups,
                ForeignEnis = [.. State.Foreign],
            };
            calls.SucceededLocked(ActionKind.ReadNode, null);
        }

        core.TryCommit(instance.InstanceId.Value, new LedgerChange.PutNode(node));
    }

    private bool LacksIpv6(InstanceTypeLimits limits) => core.Options.Families.HasFlag(AddressFamilies.IPv6) && limits.Ipv6PerEni < 1;

    private void Unusable(InstanceIdentity instance, InstanceTypeLimits? limits)
    {
        lock (State.Lock)
        {
            State.Pauses.Set(ActionKind.ReadNode, new PoolFault
            {
                Code = IpamErrorCode.InstanceTypeUnusable,
                Operation = "DescribeInstanceTypes",
                Subject = instance.InstanceType.Value,
                Reason = limits is null
                    ? "the cloud does not know the instance type"
                    : LacksIpv6(limits) ? "the instance type has no IPv6 addresses, and the pool is configured for both families"
                    : $"the instance type has {limits.EniQuantity} ENIs with {limits.Ipv4PerEni} IPv4 addresses each; a pool needs at least one ENI beside the primary one",
                Hint = "Use an instance type with more ENIs for this node.",
                Owner = FaultOwner.NodeLimit,
                At = core.Now,
            }, core.Now + core.Options.RefusalPause);
        }
    }
}
