using Terway.Cloud;
using Terway.Ipam.Internal;

namespace Terway.Ipam.Actions;

/// <summary>Compares what others may change of an ENI with what the pool wants: tags decide whether it is left alone,
/// security groups are reported when they drift, and never changed.</summary>
internal sealed class EniAudit(PoolCore core)
{
    private PoolState State => core.State;

    /// <summary>Takes in what a describe call shows of an ENI. The caller holds the lock.</summary>
    public void ApplyLocked(PoolEni eni, NetworkInterface found)
    {
        var excluded = State.Exclusion.Excludes(found.Tags);
        if (excluded != eni.Excluded)
        {
            eni.Excluded = excluded;
            eni.Unstored = true;
            core.Log.ExclusionChanged(eni.Name, excluded ? "excluded by its tags: its pods keep their addresses, and nothing of it is changed" : "no longer excluded");
        }

        var wanted = core.SecurityGroupsLocked.ToHashSet();
        if (wanted.Count == 0 || wanted.SetEquals(found.SecurityGroupIds))
            State.Pauses.Clear(DriftKey(eni));
        else if (State.Pauses.Keep(DriftKey(eni), Drift(eni, found, wanted)))
            core.Log.Drifted(eni.Name, Names(found.SecurityGroupIds), Names(wanted));
    }

    /// <summary>Forgets the reports about an ENI that has left.</summary>
    public static string DriftKey(PoolEni eni) => $"SecurityGroups {eni.Name}";

    private PoolFault Drift(PoolEni eni, NetworkInterface found, HashSet<SecurityGroupId> wanted) => new()
    {
        Code = IpamErrorCode.SecurityGroupDrift,
        Operation = "compare with the cloud",
        Subject = eni.Name,
        Reason = $"the ENI is in the security groups {Names(found.SecurityGroupIds)}, and the configuration wants {Names(wanted)}",
        Hint = "Change the ENI's groups, or the configuration; the pool changes neither. ENIs that are created from now on have the configured groups.",
        Owner = FaultOwner.Configuration,
        At = core.Now,
    };

    private static string Names(IEnumerable<SecurityGroupId> groups) =>
        string.Join(", ", groups.Select(group => group.Value).Order(StringComparer.Ordinal)) is { Length: > 0 } names ? names : "none";
}
