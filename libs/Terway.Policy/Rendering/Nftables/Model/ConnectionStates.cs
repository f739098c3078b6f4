namespace Terway.Policy.Nftables;

/// <summary>What connection tracking knows of a packet, with the bits of <c>ct state</c>.</summary>
[Flags]
public enum ConnectionStates
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>It belongs to no connection that it could.</summary>
    Invalid = 1,

    /// <summary>Its connection has seen an answer.</summary>
    Established = 2,

    /// <summary>It belongs to another connection, as an ICMP error does.</summary>
    Related = 4,

    /// <summary>It begins a connection, or its connection has seen no answer.</summary>
    New = 8,
}
