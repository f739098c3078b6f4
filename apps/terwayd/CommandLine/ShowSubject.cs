namespace Terwayd.CommandLine;

/// <summary>What is shown.</summary>
internal enum ShowSubject
{
    /// <summary>Everything.</summary>
    All,

    /// <summary>The pods and what they hold.</summary>
    Pods,

    /// <summary>The ENIs and their addresses.</summary>
    Enis,

    /// <summary>The pool's counts, limits and last errors.</summary>
    Pool,
}
