namespace Terway.Datapath;

/// <summary>How the kernel differs from a plan.</summary>
public enum PlanDifferenceKind
{
    /// <summary>The object is wanted and not there.</summary>
    Missing,

    /// <summary>The object is there with another property.</summary>
    Different,

    /// <summary>The object is there and would harm what is wanted, such as a rule of the pod's address with another table.</summary>
    Unexpected,
}
