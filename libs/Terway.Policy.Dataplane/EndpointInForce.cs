namespace Terway.Policy.Dataplane;

/// <summary>A pod whose policies are in the kernel.</summary>
/// <param name="Endpoint">The pod and what governs it.</param>
/// <param name="Since">Since when it reads so.</param>
public sealed record EndpointInForce(LocalEndpoint Endpoint, DateTimeOffset Since);
