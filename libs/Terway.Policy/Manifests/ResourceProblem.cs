namespace Terway.Policy;

/// <summary>Something wrong with an object: which object, which field, why, and what it costs.</summary>
/// <param name="Subject">The object as <c>kind namespace/name</c>.</param>
/// <param name="Field">The field's path, such as <c>spec.ingress[0].from[1].ipBlock.cidr</c>.</param>
/// <param name="Reason">Why it cannot be taken.</param>
/// <param name="Effect">What that costs.</param>
public sealed record ResourceProblem(string Subject, string Field, string Reason, ProblemEffect Effect)
{
    /// <summary>The problem in a line.</summary>
    public override string ToString() =>
        $"{Subject}: {Field}: {Reason} ({Consequence})";

    private string Consequence => Effect switch
    {
        ProblemEffect.ObjectRefused => "the object is refused",
        ProblemEffect.ObjectNotEnforced => "the object has no effect",
        _ => "this part is ignored",
    };
}
