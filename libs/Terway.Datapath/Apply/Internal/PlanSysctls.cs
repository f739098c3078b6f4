using System.Collections.Immutable;

namespace Terway.Datapath;

/// <summary>Reads and writes the planned kernel parameters of one namespace, all of them in one entry.</summary>
internal static class PlanSysctls
{
    private const string Root = "/proc/sys/";

    /// <summary>The parameters that differ, with their values; null for one that is not there.</summary>
    internal static List<(PlannedSysctl Sysctl, string? Actual)> Different(PlanTarget target, PlanScope scope, ImmutableArray<PlannedSysctl> wanted)
    {
        var different = new List<(PlannedSysctl, string?)>();
        if (!wanted.IsEmpty)
            target.Run(scope, () => Compare(wanted, different));
        return different;
    }

    /// <summary>Writes those that differ.</summary>
    internal static List<(PlannedSysctl Sysctl, string? Actual)> Ensure(PlanTarget target, PlanScope scope, ImmutableArray<PlannedSysctl> wanted)
    {
        var different = new List<(PlannedSysctl Sysctl, string? Actual)>();
        if (wanted.IsEmpty)
            return different;
        target.Run(scope, () =>
        {
            foreach (var sysctl in wanted)
            {
                var actual = Read(sysctl);
                if (actual == sysctl.Value)
                    continue;
                Write(sysctl, sysctl.Value);
                different.Add((sysctl, actual));
            }
        });
        return different;
    }

    internal static void Restore(PlanTarget target, PlanScope scope, PlannedSysctl sysctl, string value) =>
        target.Run(scope, () => Write(sysctl, value));

    private static void Compare(ImmutableArray<PlannedSysctl> wanted, List<(PlannedSysctl, string?)> different)
    {
        foreach (var sysctl in wanted)
        {
            var actual = Read(sysctl);
            if (actual != sysctl.Value)
                different.Add((sysctl, actual));
        }
    }

    private static string? Read(PlannedSysctl sysctl)
    {
        try
        {
            return File.ReadAllText(Root + sysctl.Path).Trim();
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static void Write(PlannedSysctl sysctl, string value) => File.WriteAllText(Root + sysctl.Path, value);
}
