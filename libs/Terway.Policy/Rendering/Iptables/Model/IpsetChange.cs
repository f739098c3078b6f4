using System.Collections.Immutable;

namespace Terway.Policy.Iptables;

/// <summary>Members of a set that came and went.</summary>
/// <param name="Name">The set.</param>
/// <param name="Added">Members that it did not have.</param>
/// <param name="Removed">Members that it had.</param>
public sealed record IpsetChange(string Name, ImmutableArray<string> Added, ImmutableArray<string> Removed);
