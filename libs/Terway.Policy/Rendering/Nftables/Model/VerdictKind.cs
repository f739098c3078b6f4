namespace Terway.Policy.Nftables;

/// <summary>The kinds of verdicts.</summary>
public enum VerdictKind
{
    /// <summary><c>accept</c>.</summary>
    Accept,

    /// <summary><c>drop</c>.</summary>
    Drop,

    /// <summary><c>return</c>.</summary>
    Return,

    /// <summary><c>jump</c>.</summary>
    Jump,

    /// <summary><c>goto</c>.</summary>
    Goto,
}
