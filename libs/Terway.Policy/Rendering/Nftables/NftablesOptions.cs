namespace Terway.Policy.Nftables;

/// <summary>How network policy is rendered to nftables.</summary>
public sealed record NftablesOptions
{
    /// <summary>The table's name. Default: <c>terway</c>.</summary>
    public string Table { get; init; } = "terway";

    /// <summary>What the names of pods' links begin with; a link so named that no pod is known for is a pod's nevertheless. Default: <c>cali</c>.</summary>
    public string InterfacePrefix { get; init; } = "cali";

    /// <summary>Whether what pods send and get is denied until their policies are known. Default: true.</summary>
    public bool DenyUnknownPods { get; init; } = true;

    /// <summary>Whether packets that belong to no connection are dropped before policy is asked, as Felix does. Default: true.</summary>
    public bool DropInvalid { get; init; } = true;

    /// <summary>
    /// The bit of a packet's mark that notes, within a chain and never beyond it, that a policy passed the packet on to the next tier.
    /// Default: 0x20000, which Felix uses for the same; one bit that nothing else on the node uses.
    /// </summary>
    public uint PassMark { get; init; } = 0x20000;

    /// <summary>How denied packets are logged; null for not at all. Default: null.</summary>
    public PolicyLogOptions? DenyLog { get; init; }

    /// <summary>How rules with the action Log log. Default: to the kernel's log.</summary>
    public PolicyLogOptions RuleLog { get; init; } = new();
}
