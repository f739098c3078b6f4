namespace Terway.Policy.Nftables;

/// <summary>What a ruleset did with a packet.</summary>
internal sealed record PacketTrace
{
    public PacketTrace(uint mark) => Mark = mark;

    public bool IsDropped { get; init; }

    public uint Mark { get; set; }

    public List<string> Logged { get; } = [];

    /// <summary>The last rule with a final verdict, and its chain.</summary>
    public (string Chain, RulesetRule Rule)? Deciding { get; set; }
}
