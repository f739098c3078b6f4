using System.Collections.Immutable;

namespace Terway.Datapath;

/// <summary>What a teardown found and took away.</summary>
/// <param name="Removed">The objects, in the words of <c>ip(8)</c>; empty when there was nothing left to do.</param>
/// <param name="HasRetiredLinks">Whether a pair was retired, so that <see cref="LinkReaper"/> has work.</param>
public sealed record TeardownReport(ImmutableArray<string> Removed, bool HasRetiredLinks);
