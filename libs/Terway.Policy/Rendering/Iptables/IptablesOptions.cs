using System.Numerics;
using Terway.Policy.Nftables;

namespace Terway.Policy.Iptables;

/// <summary>How network policy is rendered to iptables and ipset.</summary>
public sealed record IptablesOptions
{
    /// <summary>What the names of pods' links begin with; a link so named that no pod is known for is a pod's nevertheless. Default: <c>cali</c>.</summary>
    public string InterfacePrefix { get; init; } = "cali";

    /// <summary>Whether what pods send and get is denied until their policies are known. Default: true.</summary>
    public bool DenyUnknownPods { get; init; } = true;

    /// <summary>Whether packets that belong to no connection are dropped before policy is asked, as Felix does. Default: true.</summary>
    public bool DropInvalid { get; init; } = true;

    /// <summary>What becomes of what a pod sends to its own node where its policies allow it: Allow, Deny, or Pass to the rules that follow. Default: Allow.</summary>
    public RuleAction EndpointToHostAction { get; init; } = RuleAction.Allow;

    /// <summary>
    /// The bits of a packet's mark that nothing else on the node uses, four at least. From the lowest: accepted, passed on to the next tier, and two
    /// for conditions with several parts. Default: 0xffff0000, Felix's.
    /// </summary>
    public uint MarkMask { get; init; } = 0xffff0000;

    /// <summary>What stands in the kernel's log before packets that rules with the action Log match: at most 29 bytes. Default: <c>calico-packet: </c>.</summary>
    public string LogPrefix { get; init; } = "calico-packet: ";

    /// <summary>How many packets rules with the action Log log; a group goes to <c>nfnetlink_log</c>. Default: to the kernel's log.</summary>
    public PolicyLogOptions RuleLog { get; init; } = new();

    /// <summary>The most members of a set. Default: 1048576.</summary>
    public int MaxSetSize { get; init; } = 1_048_576;

    internal uint AcceptMark => MarkBit(0);

    internal uint PassMark => MarkBit(1);

    /// <summary>Whether all parts of a condition held so far.</summary>
    internal uint AllMark => MarkBit(2);

    /// <summary>Whether the present part holds.</summary>
    internal uint PartMark => MarkBit(3);

    /// <summary>What contradicts itself; null for nothing.</summary>
    internal string? FindMistake()
    {
        if (InterfacePrefix.Length == 0)
            return "The prefix of pods' links is empty.";
        if (BitOperations.PopCount(MarkMask) < 4)
            return $"The mask 0x{MarkMask:x} has {BitOperations.PopCount(MarkMask)} bits; policy needs 4.";
        return EndpointToHostAction is RuleAction.Log ? "What becomes of a pod's packets to its node cannot be Log, which decides nothing." : null;
    }

    private uint MarkBit(int number)
    {
        var rest = MarkMask;
        for (; number > 0; number--)
            rest &= rest - 1;
        return rest & ~(rest - 1);
    }
}
