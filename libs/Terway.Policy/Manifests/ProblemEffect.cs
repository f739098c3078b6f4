namespace Terway.Policy;

/// <summary>What a problem of an object costs.</summary>
public enum ProblemEffect
{
    /// <summary>The object does not count.</summary>
    ObjectRefused,

    /// <summary>The object is in order, and of a kind that decides nothing here.</summary>
    ObjectNotEnforced,

    /// <summary>The part does not count, so that less is allowed than written; the rest of the object does.</summary>
    PartIgnored,
}
