using System.Text;
using Terway.Datapath.Internal;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>The name of the host end of a pod's veth pair, and what else follows from it.</summary>
/// <remarks>
/// <c>cali</c> and the first 11 hex digits of SHA-1 over <c>namespace.name</c> and the interface name (nothing for <c>eth0</c>).
/// Felix computes the same name from the pod alone, which is what makes a policy find its endpoint. SHA-1 serves as a name hash only.
/// </remarks>
public static class HostVethName
{
    /// <summary>The prefix of every host end.</summary>
    public const string Prefix = "cali";

    private const int HexDigits = 11;

    /// <summary>The host end's name for one interface of one pod.</summary>
    /// <param name="podNamespace">The pod's Kubernetes namespace.</param>
    /// <param name="podName">The pod's name.</param>
    /// <param name="ifName">The interface inside the pod; <c>eth0</c> and empty mean the first.</param>
    public static string For(string podNamespace, string podName, string ifName) =>
        NameOf(Digest(podNamespace, podName, ifName));

    /// <summary>The pair's names and MAC addresses. All are functions of the pod, so that a plan is complete before anything exists.</summary>
    internal static (string Name, MacAddress HostMac, MacAddress PodMac) PairFor(string podNamespace, string podName, string ifName)
    {
        var digest = Digest(podNamespace, podName, ifName);
        return (NameOf(digest), LocalMac(digest.AsSpan(6, 6)), LocalMac(digest.AsSpan(12, 6)));
    }

    private static byte[] Digest(string podNamespace, string podName, string ifName)
    {
        ArgumentException.ThrowIfNullOrEmpty(podNamespace);
        ArgumentException.ThrowIfNullOrEmpty(podName);
        ArgumentNullException.ThrowIfNull(ifName);
        var interfacePart = ifName == "eth0" ? "" : ifName;
        return Sha1.HashData(Encoding.UTF8.GetBytes(podNamespace + "." + podName + interfacePart));
    }

    private static string NameOf(byte[] digest) =>
        string.Concat(Prefix, Convert.ToHexStringLower(digest.AsSpan(0, (HexDigits + 1) / 2)).AsSpan(0, HexDigits));

    private static MacAddress LocalMac(ReadOnlySpan<byte> bytes)
    {
        Span<byte> mac = stackalloc byte[6];
        bytes.CopyTo(mac);
        mac[0] = (byte)((mac[0] & 0xFC) | 0x02); // locally administered, not a group address
        return new MacAddress(mac);
    }
}
