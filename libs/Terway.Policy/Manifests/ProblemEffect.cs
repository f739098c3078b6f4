namespace Terway.Policy;

/// <summary>What a problem of an object costs.</summary>
public enum ProblemEffect
{
    /// <summary>The object does not count.</summary>
    ObjectRefused,

    /// <summary>The part does not count, so that less is allowed than written; the rest of the object does.</summary>
    PartIgnored,
}
