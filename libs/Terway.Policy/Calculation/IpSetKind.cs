namespace Terway.Policy;

/// <summary>What the members of an IP set are.</summary>
public enum IpSetKind
{
    /// <summary>Blocks of addresses.</summary>
    Networks,

    /// <summary>Addresses, each with a protocol and a port.</summary>
    AddressesAndPorts,
}
