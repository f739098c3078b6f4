using System.Collections.Immutable;

namespace Terway.Policy.Dataplane;

/// <summary>What a backend did.</summary>
/// <param name="Modifications">The number of changes that the kernel made; 0 where all was as it should be.</param>
/// <param name="Refused">What the kernel does not take, as of now. All else is enforced.</param>
public sealed record BackendReport(int Modifications, ImmutableArray<RefusedObject> Refused);
