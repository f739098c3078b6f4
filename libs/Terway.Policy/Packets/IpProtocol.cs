using System.Diagnostics.CodeAnalysis;

namespace Terway.Policy;

/// <summary>An IP protocol by its number, as in the IANA registry.</summary>
/// <param name="Number">The number, 1 to 255.</param>
public readonly record struct IpProtocol(byte Number)
{
    private static readonly (IpProtocol Protocol, string Name)[] Names =
        [(Tcp, "TCP"), (Udp, "UDP"), (Sctp, "SCTP"), (Icmp, "ICMP"), (IcmpV6, "ICMPv6"), (UdpLite, "UDPLite")];

    /// <summary>ICMP for IPv4, 1.</summary>
    public static IpProtocol Icmp => new(1);

    /// <summary>TCP, 6.</summary>
    public static IpProtocol Tcp => new(6);

    /// <summary>UDP, 17.</summary>
    public static IpProtocol Udp => new(17);

    /// <summary>ICMP for IPv6, 58.</summary>
    public static IpProtocol IcmpV6 => new(58);

    /// <summary>SCTP, 132.</summary>
    public static IpProtocol Sctp => new(132);

    /// <summary>UDP-Lite, 136.</summary>
    public static IpProtocol UdpLite => new(136);

    /// <summary>Whether rules may ask its ports: TCP, UDP and SCTP.</summary>
    public bool HasPorts => this == Tcp || this == Udp || this == Sctp;

    /// <summary>Reads a name as Calico writes it, or a number from 1 to 255.</summary>
    /// <param name="text">The text.</param>
    /// <param name="protocol">The protocol.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out IpProtocol protocol)
    {
        foreach (var (known, name) in Names)
        {
            if (name == text)
            {
                protocol = known;
                return true;
            }
        }

        var isNumber = byte.TryParse(text, out var number) && number > 0;
        protocol = new(number);
        return isNumber;
    }

    /// <summary>The name, or the number where there is none.</summary>
    public override string ToString()
    {
        foreach (var (known, name) in Names)
        {
            if (known == this)
                return name;
        }

        return Number.ToString();
    }
}
