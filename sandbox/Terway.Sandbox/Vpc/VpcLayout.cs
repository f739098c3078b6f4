using System.Buffers.Binary;
using System.Net;
using Terway.Cloud;

namespace Terway.Sandbox.Vpc;

/// <summary>One vSwitch: an IPv4 block with the addresses that a VPC keeps for itself.</summary>
internal sealed record VSwitchLayout(VSwitchId Id, IPNetwork Block)
{
    private const int GatewayFromEnd = 2;

    /// <summary>The third address from the end (<c>.253</c> of a /24), which the VPC answers for.</summary>
    public IPAddress Gateway
    {
        get
        {
            var bytes = Block.BaseAddress.GetAddressBytes();
            var last = BinaryPrimitives.ReadUInt32BigEndian(bytes) | (uint)((1L << (32 - Block.PrefixLength)) - 1);
            BinaryPrimitives.WriteUInt32BigEndian(bytes, last - GatewayFromEnd);
            return new IPAddress(bytes);
        }
    }
}

/// <summary>The literal facts of the simulated VPC.</summary>
internal sealed record VpcLayout(VpcId Id, IPNetwork Block, RegionId Region, ZoneId Zone, SecurityGroupId SecurityGroup, IReadOnlyList<VSwitchLayout> VSwitches)
{
    /// <summary>Where every instance finds its metadata.</summary>
    public static readonly IPAddress MetadataAddress = IPAddress.Parse("100.100.100.200");

    /// <summary>Where the ECS and VPC APIs answer inside the VPC; the cloud keeps 100.64.0.0/10 for its services.</summary>
    public static readonly IPAddress ApiAddress = IPAddress.Parse("100.100.100.210");

    /// <summary>A VPC with two vSwitches in one zone, so that the choice between them shows.</summary>
    public static VpcLayout Standard { get; } = new(
        new VpcId("vpc-bp1sandbox000000000000"),
        IPNetwork.Parse("10.0.0.0/16"),
        new RegionId("cn-hangzhou"),
        new ZoneId("cn-hangzhou-i"),
        new SecurityGroupId("sg-bp1sandbox000000000000"),
        [
            new VSwitchLayout(new VSwitchId("vsw-bp1sandboxa0000000000"), IPNetwork.Parse("10.0.1.0/24")),
            new VSwitchLayout(new VSwitchId("vsw-bp1sandboxb0000000000"), IPNetwork.Parse("10.0.2.0/24")),
        ]);
}
