using System.Collections.Immutable;
using Terway.Policy;

namespace Terwayd.Enforcement;

/// <summary>What changed at a source.</summary>
/// <param name="Updated">Objects that are there, or read so now.</param>
/// <param name="Removed">Objects that are no longer there.</param>
/// <param name="Revision">The state of the source with this change, by its own name.</param>
internal sealed record ResourceChanges(ImmutableArray<Resource> Updated, ImmutableArray<ResourceKey> Removed, string Revision);
