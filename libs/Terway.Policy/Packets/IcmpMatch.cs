namespace Terway.Policy;

/// <summary>An ICMP type, with a code or any.</summary>
/// <param name="Type">The type.</param>
/// <param name="Code">The code; null for any.</param>
public readonly record struct IcmpMatch(byte Type, byte? Code = null);
