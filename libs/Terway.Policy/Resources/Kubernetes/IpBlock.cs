using System.Net;

namespace Terway.Policy;

/// <summary>A block of addresses without some of its parts. An exception takes away from this block only; it denies nothing.</summary>
/// <param name="Cidr">The block.</param>
/// <param name="Except">Parts of it that do not count.</param>
public sealed record IpBlock(IPNetwork Cidr, EquatableArray<IPNetwork> Except = default);
