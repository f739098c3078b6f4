namespace Terway.Policy.Internal;

/// <summary>What a leaf of a selector asks of one label.</summary>
internal enum LabelOperator
{
    Equals,
    NotEquals,
    Contains,
    StartsWith,
    EndsWith,
    In,
    NotIn,
    Has,
}
