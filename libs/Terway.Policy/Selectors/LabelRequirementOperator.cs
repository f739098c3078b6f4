namespace Terway.Policy;

/// <summary>What a <see cref="LabelRequirement"/> asks.</summary>
public enum LabelRequirementOperator
{
    /// <summary>The label has one of the values.</summary>
    In,

    /// <summary>The label is missing or has none of the values.</summary>
    NotIn,

    /// <summary>The label is there, with any value.</summary>
    Exists,

    /// <summary>The label is missing.</summary>
    DoesNotExist,
}
