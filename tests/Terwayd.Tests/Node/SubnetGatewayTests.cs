using System.Net;
using Terwayd.Node;

namespace Terwayd.Tests.Node;

public class SubnetGatewayTests
{
    [Theory]
    [InlineData("192.168.0.0/24", "192.168.0.253")]
    [InlineData("10.0.0.0/8", "10.255.255.253")]
    [InlineData("10.1.2.16/29", "10.1.2.21")]
    [InlineData("255.255.255.0/24", "255.255.255.253")]
    [InlineData("2408:4005:3ff::/64", "2408:4005:3ff::ffff:ffff:ffff:fff7")]
    [InlineData("fd00::/8", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:fff7")]
    public void The_gateway_is_the_third_address_from_the_end_of_an_IPv4_prefix_and_the_ninth_of_an_IPv6_one(string subnet, string gateway) =>
        SubnetGateway.Of(IPNetwork.Parse(subnet)).Should().Be(IPAddress.Parse(gateway));

    [Fact]
    public void A_prefix_without_room_for_one_is_an_error() =>
        FluentActions.Invoking(() => SubnetGateway.Of(IPNetwork.Parse("10.0.0.0/31"))).Should().Throw<ArgumentException>();
}
