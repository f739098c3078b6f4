using System.Net;
using System.Numerics;

namespace Terwayd.Node;

/// <summary>The gateway of a vSwitch: the third address from the end of its prefix, as the VPC defines it.</summary>
internal static class SubnetGateway
{
    private const int FromEnd = 3;

    internal static IPAddress Of(IPNetwork subnet)
    {
        var bytes = subnet.BaseAddress.GetAddressBytes();
        var size = BigInteger.One << ((bytes.Length * 8) - subnet.PrefixLength);
        if (size <= FromEnd)
            throw new ArgumentException($"The prefix {subnet} is too small to have a gateway.", nameof(subnet));
        var gateway = new BigInteger(bytes, isUnsigned: true, isBigEndian: true) + size - FromEnd;
        var result = new byte[bytes.Length];
        var significant = gateway.ToByteArray(isUnsigned: true, isBigEndian: true);
        significant.CopyTo(result, result.Length - significant.Length);
        return new IPAddress(result);
    }
}
