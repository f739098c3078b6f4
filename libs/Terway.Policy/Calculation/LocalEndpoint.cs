using System.Net;

namespace Terway.Policy;

/// <summary>A pod of the node with all that decides about its packets.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="InterfaceName">Its link in the node's namespace, by Calico's and Terway's naming.</param>
/// <param name="Addresses">Its addresses.</param>
/// <param name="Profiles">What holds where no tier decides, in order; nothing left means denied.</param>
/// <param name="Tiers">The tiers that govern it, in order.</param>
public sealed record LocalEndpoint(
    ResourceKey Pod,
    string InterfaceName,
    EquatableArray<IPAddress> Addresses,
    EquatableArray<string> Profiles,
    EquatableArray<EndpointTier> Tiers);
