using System.Net;

namespace Terwayd.Configuration;

/// <summary>The cluster's service networks, one per family at most.</summary>
internal readonly record struct ServiceNetworks(IPNetwork? IPv4, IPNetwork? IPv6);
