using System.Net;

namespace Terway.Policy.Nftables;

/// <summary>A part of a rule. Parts are run in order; the first match that fails ends the rule.</summary>
public abstract record RuleStatement;

/// <summary>An address lies in a block, or does not.</summary>
/// <param name="Field">One of the four addresses, of the block's version.</param>
/// <param name="Network">The block.</param>
/// <param name="IsNegated">Whether it must lie outside.</param>
public sealed record AddressMatch(PacketField Field, IPNetwork Network, bool IsNegated = false) : RuleStatement;

/// <summary>A number lies in a range, or does not.</summary>
/// <param name="Field">A protocol, a port, an ICMP type or code.</param>
/// <param name="First">The first.</param>
/// <param name="Last">The last, included.</param>
/// <param name="IsNegated">Whether it must lie outside.</param>
public sealed record NumberMatch(PacketField Field, ushort First, ushort Last, bool IsNegated = false) : RuleStatement
{
    /// <summary>A field has one value.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value.</param>
    public static NumberMatch Of(PacketField field, ushort value) => new(field, value, value);

    /// <summary>A field does not have one value.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value.</param>
    public static NumberMatch Not(PacketField field, ushort value) => new(field, value, value, IsNegated: true);
}

/// <summary>The name of a link begins so.</summary>
/// <param name="Field">The input or the output.</param>
/// <param name="Prefix">The beginning.</param>
public sealed record InterfaceMatch(PacketField Field, string Prefix) : RuleStatement;

/// <summary>Connection tracking knows one of these states of it.</summary>
/// <param name="States">The states.</param>
public sealed record StateMatch(ConnectionStates States) : RuleStatement;

/// <summary>The packet's mark, under a mask, has a value.</summary>
/// <param name="Mask">The bits that are compared.</param>
/// <param name="Value">Their value.</param>
public sealed record MarkMatch(uint Mask, uint Value) : RuleStatement;

/// <summary>A set holds the fields, or does not.</summary>
/// <param name="Fields">A field for each part of the set's key.</param>
/// <param name="Set">The set's name.</param>
/// <param name="IsNegated">Whether it must not hold them.</param>
public sealed record SetMatch(EquatableArray<PacketField> Fields, string Set, bool IsNegated = false) : RuleStatement;

/// <summary>Takes the verdict that a map has for a field; goes on where it has none.</summary>
/// <param name="Field">The field.</param>
/// <param name="Map">The map's name.</param>
public sealed record MapVerdict(PacketField Field, string Map) : RuleStatement;

/// <summary>Counts the packet and its bytes.</summary>
public sealed record CountStatement : RuleStatement;

/// <summary>Goes on only while packets stay below a rate.</summary>
/// <param name="PerSecond">Packets a second.</param>
/// <param name="Burst">Packets that may come at once.</param>
public sealed record LimitStatement(uint PerSecond, uint Burst) : RuleStatement;

/// <summary>Logs the packet.</summary>
/// <param name="Prefix">The text before it, at most 127 bytes.</param>
/// <param name="Group">The group of <c>nfnetlink_log</c> that gets it; null for the kernel's log.</param>
public sealed record LogStatement(string Prefix, ushort? Group) : RuleStatement;

/// <summary>Sets bits of the packet's mark, and leaves the others.</summary>
/// <param name="Mask">The bits that are set.</param>
/// <param name="Value">Their value.</param>
public sealed record SetMarkStatement(uint Mask, uint Value) : RuleStatement;

/// <summary>Gives a verdict.</summary>
/// <param name="Verdict">The verdict.</param>
public sealed record VerdictStatement(RulesetVerdict Verdict) : RuleStatement;
