namespace Terway.Policy;

/// <summary>What a rule does with a packet that it matches.</summary>
public enum RuleAction
{
    /// <summary>Accept it; nothing further is asked.</summary>
    Allow,

    /// <summary>Drop it silently; nothing further is asked.</summary>
    Deny,

    /// <summary>Go on with the next tier, after the last one with the profiles.</summary>
    Pass,

    /// <summary>Note it and go on with the next rule.</summary>
    Log,
}
