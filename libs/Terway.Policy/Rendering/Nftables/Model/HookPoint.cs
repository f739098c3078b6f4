namespace Terway.Policy.Nftables;

/// <summary>The hooks of netfilter that the ruleset uses.</summary>
public enum HookPoint
{
    /// <summary>What is for the node itself.</summary>
    Input,

    /// <summary>What passes through the node.</summary>
    Forward,
}
