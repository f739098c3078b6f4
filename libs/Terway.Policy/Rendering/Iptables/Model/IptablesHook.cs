namespace Terway.Policy.Iptables;

/// <summary>A rule in one of the kernel's own chains that leads to ours, or says what becomes of what ours accepted.</summary>
/// <param name="Table">The table.</param>
/// <param name="Chain">The kernel's chain, such as <c>FORWARD</c>.</param>
/// <param name="Rule">The rule.</param>
/// <param name="IsAppended">Whether it stands at the end of the chain and not at its start.</param>
public sealed record IptablesHook(string Table, string Chain, IptablesRule Rule, bool IsAppended)
{
    /// <summary>The hash of the rule: Felix's where it stands at the start; at the end it begins with another text, so that the two never meet.</summary>
    public string Hash() => IptablesChain.HashesOf(IsAppended ? $"{Chain}*appends*" : Chain, "-A", Chain, [Rule])[0];

    /// <summary>The line that puts it into its place.</summary>
    public string Line() => IptablesChain.Line(IsAppended ? "-A" : "-I", Chain, Hash(), Rule);
}
