using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace Terwayd.Node;

/// <summary>The gateway of a vSwitch, as the VPC defines it: the third address from the end of an IPv4 prefix, the ninth of an IPv6 one.</summary>
internal static class SubnetGateway
{
    private const int FromEnd4 = 3;
    private const int FromEnd6 = 9;

    internal static IPAddress Of(IPNetwork subnet)
    {
        var bytes = subnet.BaseAddress.GetAddressBytes();
        var fromEnd = subnet.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6 ? FromEnd6 : FromEnd4;
        var size = BigInteger.One << ((bytes.Length * 8) - subnet.PrefixLength);
        if (size <= fromEnd)
            throw new ArgumentException($"The prefix {subnet} is too small to have a gateway.", nameof(subnet));
        var gateway = new BigInteger(bytes, isUnsigned: true, isBigEndian: true) + size - fromEnd;
        var result = new byte[bytes.Length];
        var significant = gateway.ToByteArray(isUnsigned: true, isBigEndian: true);
        significant.CopyTo(result, result.Length - significant.Length);
        return new IPAddress(result);
    }
}
