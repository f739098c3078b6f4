namespace Terway.Netlink;

/// <summary>What <see cref="NftPayload"/> counts from (<c>NFT_PAYLOAD_*</c>).</summary>
public enum NftPayloadBase : uint
{
    /// <summary>The link's header.</summary>
    Link = 0,

    /// <summary>The IP header.</summary>
    Network = 1,

    /// <summary>The TCP, UDP, SCTP or ICMP header.</summary>
    Transport = 2,
}
