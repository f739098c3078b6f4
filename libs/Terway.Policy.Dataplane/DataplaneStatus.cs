using System.Collections.Immutable;

namespace Terway.Policy.Dataplane;

/// <summary>What a dataplane enforces.</summary>
/// <param name="Endpoints">The pods whose policies are in the kernel, with the time since when they read so.</param>
/// <param name="Refused">What the kernel does not take.</param>
/// <param name="Repairs">How often something was found changed by others and mended.</param>
/// <param name="LastVerified">When all was last read back and found right; null before the first time.</param>
public sealed record DataplaneStatus(
    ImmutableDictionary<ResourceKey, EndpointInForce> Endpoints,
    ImmutableArray<RefusedObject> Refused,
    int Repairs,
    DateTimeOffset? LastVerified);
