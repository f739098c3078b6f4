using System.Net;

namespace Terway.Cloud;

/// <summary>What an assign call added, of one family.</summary>
/// <param name="EniId">The ENI that carries it now.</param>
/// <param name="Addresses">The new addresses.</param>
/// <param name="Prefixes">The new prefixes.</param>
public sealed record AssignedAddresses(EniId EniId, EquatableArray<IPAddress> Addresses, EquatableArray<IPNetwork> Prefixes);
