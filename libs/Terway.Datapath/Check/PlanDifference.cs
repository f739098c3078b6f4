namespace Terway.Datapath;

/// <summary>One way in which the kernel is not as a plan wants it.</summary>
/// <param name="Scope">In which namespace.</param>
/// <param name="Kind">How it differs.</param>
/// <param name="Subject">The object, in the words of <c>ip(8)</c>: the wanted one, or the one that should not be there.</param>
/// <param name="Actual">What is there instead, for <see cref="PlanDifferenceKind.Different"/>.</param>
public sealed record PlanDifference(PlanScope Scope, PlanDifferenceKind Kind, string Subject, string? Actual = null)
{
    /// <summary>The difference as a line for a person, such as <c>rule 2048: from 10.0.0.5/32 lookup 1003 missing</c>.</summary>
    public override string ToString()
    {
        var where = Scope == PlanScope.Pod ? "pod: " : "";
        return Kind switch
        {
            PlanDifferenceKind.Missing => $"{where}{Subject} missing",
            PlanDifferenceKind.Unexpected => $"{where}{Subject} unexpected",
            _ => $"{where}{Subject} is {Actual}",
        };
    }
}
