using System.Net;
using System.Net.NetworkInformation;
using Terway.Cloud;

namespace Terway.Sandbox.Vpc;

/// <summary>Where an attached ENI is plugged in: a port of the fabric, and the link that the instance sees.</summary>
/// <param name="Port">The fabric's end of the veth pair.</param>
/// <param name="Link">The instance's end, for example <c>eth1</c>.</param>
internal sealed record FabricPort(EniId Eni, string Port, string Link, FabricHost Host, PhysicalAddress MacAddress)
{
    public HashSet<IPAddress> Addresses { get; } = [];

    public string Mac => string.Join(':', MacAddress.GetAddressBytes().Select(b => b.ToString("x2")));
}

/// <summary>A network namespace that stands for an instance, and the links that it has.</summary>
internal sealed class FabricHost(InstanceId instance, string networkNamespace)
{
    public InstanceId Instance { get; } = instance;

    public string NetworkNamespace { get; } = networkNamespace;

    public HashSet<string> Links { get; } = new(StringComparer.Ordinal);

    /// <summary>The name that the next link gets: the lowest free <c>ethN</c>.</summary>
    public string NextLink() => Enumerable.Range(0, int.MaxValue).Select(n => $"eth{n}").First(n => !Links.Contains(n));
}
