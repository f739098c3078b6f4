using System.Collections.Immutable;
using Terway.Ipam.States;

namespace Terway.Ipam.Planning;

/// <summary>Moves every ENI that is between two states, one step each.</summary>
internal static class EniUpkeep
{
    public static void Plan(PlanDraft draft)
    {
        var questions = ImmutableArray.CreateBuilder<EniFacts>();
        foreach (var eni in draft.Facts.Enis)
        {
            if (!eni.Busy)
                PlanOne(draft, eni, questions);
        }

        draft.AddDescribe(questions.ToImmutable(), "ENIs are on their way or in doubt");
    }

    private static void PlanOne(PlanDraft draft, EniFacts eni, ImmutableArray<EniFacts>.Builder questions)
    {
        switch (eni.State)
        {
            case EniState.Creating:
                draft.Add(ActionKind.Create, eni, new PoolAction.ResolveCreate(eni.Slot, "what became of its creation is not known"));
                break;
            case EniState.Available when eni is { Retiring: true, Held: 0, Excluded: false }:
                draft.Add(ActionKind.Delete, eni, new PoolAction.DeleteEni(eni.Slot, "it is being given back"));
                break;
            case EniState.Available when eni is { Leftover: false, Excluded: false } && draft.CanCreate:
                draft.Add(ActionKind.Attach, eni, new PoolAction.AttachEni(eni.Slot, "it was created for this node"));
                break;
            case EniState.Attaching when eni.IsEmpty && IsOverdue(draft, eni):
                draft.Add(ActionKind.Detach, eni, new PoolAction.DetachEni(eni.Slot, "it was not attached in time"));
                break;
            case EniState.Detaching when eni.Resend || IsOverdue(draft, eni):
                draft.Add(ActionKind.Detach, eni, new PoolAction.DetachEni(eni.Slot, eni.Resend ? "the last request was refused" : "it was not detached in time"));
                break;
            case EniState.Deleting when eni.Resend || IsOverdue(draft, eni):
                draft.Add(ActionKind.Delete, eni, new PoolAction.DeleteEni(eni.Slot, eni.Resend ? "the last request was refused" : "it was not deleted in time"));
                break;
            case EniState.Attaching or EniState.Detaching or EniState.Deleting:
                Ask(draft, eni, eni.NextLook, questions);
                break;
            case EniState.Preparing when eni is { Retiring: true, IsEmpty: true, Excluded: false }:
                draft.Add(ActionKind.Detach, eni, new PoolAction.DetachEni(eni.Slot, "its link could not be made ready"));
                break;
            case EniState.Lost when eni.Held == 0 || eni.TakesSlot:
                Ask(draft, eni, eni.NextLook, questions);
                break;
            case EniState.Preparing or EniState.InUse or EniState.Lost when eni.InDoubt:
                Ask(draft, eni, eni.NotBefore, questions);
                break;
            case EniState.Preparing:
                draft.Add(ActionKind.Prepare, eni, new PoolAction.PrepareEni(eni.Slot, "it is attached, and its link is not ready yet"));
                break;
            case EniState.InUse when eni.Unassigning > 0:
                draft.Add(ActionKind.Unassign, eni, new PoolAction.UnassignAddresses(eni.Slot, 0, "an earlier unassignment is not confirmed"));
                break;
        }
    }

    private static bool IsOverdue(PlanDraft draft, EniFacts eni)
    {
        var end = eni.Since + draft.Limits.TransitionTimeout;
        draft.LookAt(end);
        return end <= draft.Now;
    }

    private static void Ask(PlanDraft draft, EniFacts eni, DateTimeOffset due, ImmutableArray<EniFacts>.Builder questions)
    {
        draft.LookAt(due);
        if (due <= draft.Now && !draft.IsTaken(eni))
            questions.Add(eni);
    }
}
