using System.Collections.Immutable;
using NetlinkSysctl = Terway.Netlink.Sysctl;

namespace Terway.Datapath;

/// <summary>Reads and writes the planned kernel parameters of one namespace, all of them in one entry.</summary>
internal static class PlanSysctls
{
    /// <summary>The parameters that differ, with their values; null for one that is not there.</summary>
    internal static List<(PlannedSysctl Sysctl, string? Actual)> Different(PlanTarget target, PlanScope scope, ImmutableArray<PlannedSysctl> wanted)
    {
        var different = new List<(PlannedSysctl, string?)>();
        if (!wanted.IsEmpty)
            target.Run(scope, () => Compare(wanted, different));
        return different;
    }

    /// <summary>Writes those that differ; what was written is in the list also when a later one is refused.</summary>
    internal static void Ensure(
        PlanTarget target, PlanScope scope, ImmutableArray<PlannedSysctl> wanted, List<(PlannedSysctl Sysctl, string? Actual)> written)
    {
        if (wanted.IsEmpty)
            return;
        target.Run(scope, () =>
        {
            foreach (var sysctl in wanted)
            {
                var actual = NetlinkSysctl.Read(sysctl.FullKey);
                if (actual == sysctl.Value)
                    continue;
                NetlinkSysctl.Write(sysctl.FullKey, sysctl.Value);
                written.Add((sysctl, actual));
            }
        });
    }

    internal static void Restore(PlanTarget target, PlanScope scope, PlannedSysctl sysctl, string value) =>
        target.Run(scope, () => NetlinkSysctl.Write(sysctl.FullKey, value));

    private static void Compare(ImmutableArray<PlannedSysctl> wanted, List<(PlannedSysctl, string?)> different)
    {
        foreach (var sysctl in wanted)
        {
            var actual = NetlinkSysctl.Read(sysctl.FullKey);
            if (actual != sysctl.Value)
                different.Add((sysctl, actual));
        }
    }
}
