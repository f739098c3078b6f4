namespace Terway.Policy.Nftables.Internal;

/// <summary>By which sets of the kernel an IP set is asked.</summary>
internal interface IIpSetNames
{
    /// <summary>The set of its addresses, or of its addresses with their ports.</summary>
    string Hash(string id, IpVersion version);

    /// <summary>The set of its blocks; null while it has none.</summary>
    string? Intervals(string id, IpVersion version);
}
