using Terway.Ipam.States;

namespace Terway.Ipam.Planning;

/// <summary>Gives back what is above the high mark, and what an earlier run left over.</summary>
internal static class PoolTrim
{
    public static void Plan(PlanDraft draft)
    {
        foreach (var eni in draft.Facts.Enis)
        {
            DropLeftover(draft, eni, "it was left over, and nobody wants it");
        }

        // Not the resting ones: where pods come and go they are the next pods', and an idle one given back for each of them is a call to
        // take it away and one to get it again.
        var ready = 0;
        foreach (var eni in draft.Facts.Enis)
        {
            if (eni.Serves)
                ready += eni.Idle;
        }

        TrimTo(draft, ready - draft.Limits.MaxIdle);
        foreach (var eni in draft.Facts.Enis)
            TrimSurplus(draft, eni);
    }

    /// <summary>Addresses of one family that no address of the other goes with are of no use to a pod.</summary>
    private static void TrimSurplus(PlanDraft draft, EniFacts eni)
    {
        if (eni is not { State: EniState.InUse, Retiring: false, Excluded: false } || eni.TrimmableSurplus + eni.TrimmableSurplus6 == 0)
            return;
        draft.Add(ActionKind.Unassign, eni, new PoolAction.UnassignAddresses(eni.Slot, 0, "they have no address of the other family to go with")
        {
            Ipv4 = Math.Min(eni.TrimmableSurplus, draft.Limits.BatchSize),
            Ipv6 = Math.Min(eni.TrimmableSurplus6, draft.Limits.BatchSize),
        });
    }

    public static void DropLeftover(PlanDraft draft, EniFacts eni, string reason)
    {
        if (eni is { IsIdleLeftover: true, Held: 0 })
            draft.Add(ActionKind.Delete, eni, new PoolAction.DeleteEni(eni.Slot, reason));
    }

    /// <summary>The order is the opposite of leasing's, so that ENIs run empty and can go as a whole.</summary>
    private static void TrimTo(PlanDraft draft, int excess)
    {
        var candidates = draft.Facts.Enis.Where(eni => eni is { State: EniState.InUse, Retiring: false, Excluded: false } && draft.IsFree(eni));
        var ordered = draft.Limits.Selection == EniSelection.MostIps
            ? candidates.OrderBy(eni => eni.Total).ThenByDescending(eni => eni.Slot.Number)
            : candidates.OrderByDescending(eni => eni.Total).ThenByDescending(eni => eni.Slot.Number);
        foreach (var eni in ordered)
        {
            if (excess <= 0)
                break;
            excess -= TrimOne(draft, eni, excess);
        }
    }

    private static int TrimOne(PlanDraft draft, EniFacts eni, int excess)
    {
        if (eni.IsEmpty && eni.Unassigning == 0 && eni.Idle <= excess
            && draft.Add(ActionKind.Detach, eni, new PoolAction.DetachEni(eni.Slot, $"nobody uses it, and {excess} ready addresses are above the high mark")))
        {
            return eni.Idle;
        }

        var count = Math.Min(Math.Min(excess, eni.Trimmable), draft.Limits.BatchSize);
        var action = new PoolAction.UnassignAddresses(eni.Slot, count, $"{excess} ready addresses are above the high mark")
        {
            Ipv6 = draft.Limits.Capacity is { IsDual: true } ? count : 0,
        };
        return count > 0 && draft.Add(ActionKind.Unassign, eni, action) ? count : 0;
    }
}
