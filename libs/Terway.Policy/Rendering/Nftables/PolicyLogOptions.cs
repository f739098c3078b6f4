namespace Terway.Policy.Nftables;

/// <summary>Where packets are logged, and how many.</summary>
/// <remarks>
/// The text before a packet is <c>terway:WHAT:DIRECTION:POLICY:RULE:</c>, such as <c>terway:deny:in:knp/shop/http:2:</c>. WHAT is <c>deny</c> or
/// <c>log</c>; where no rule decided, POLICY is the tier and RULE is <c>default</c>. The packet's input or output link tells the pod.
/// </remarks>
public sealed record PolicyLogOptions
{
    /// <summary>The group of <c>nfnetlink_log</c>; null for the kernel's log, which only the first network namespace has. Default: null.</summary>
    public ushort? Group { get; init; }

    /// <summary>Packets a second, of each rule. Default: 10.</summary>
    public uint PerSecond { get; init; } = 10;

    /// <summary>Packets that may come at once, of each rule. Default: 20.</summary>
    public uint Burst { get; init; } = 20;
}
