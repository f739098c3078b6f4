using System.Net;

namespace Terway.Cloud.Tests.Http;

/// <summary>What DescribeNetworkInterfaceAttribute shows, over HTTP and in memory.</summary>
public class EniAttributeTests
{
    [Fact]
    public async Task Basic_shows_what_the_listing_shows()
    {
        await using var server = await TestServer.StartAsync();
        var eni = await server.Cloud.CreateAttachedEniAsync(secondary: 2);

        var shown = (await server.Api.DescribeNetworkInterfaceAttributeAsync(eni.Id, EniAttribute.Basic)).Value;

        shown.Should().Be(await server.Api.FindNetworkInterfaceAsync(eni.Id)).And.Be(eni);
    }

    [Fact]
    public async Task Connection_tracking_is_set_changed_and_shown_by_its_attribute_alone()
    {
        await using var server = await TestServer.StartAsync();
        var made = new EniConnectionTracking { TcpEstablishedTimeout = TimeSpan.FromSeconds(300) };
        var eni = (await server.Api.CreateNetworkInterfaceAsync(server.Cloud.NewEni() with { ConnectionTracking = made })).Value;
        await server.Api.ModifyNetworkInterfaceAttributeAsync(new() { EniId = eni.Id, ConnectionTracking = new() { UdpTimeout = TimeSpan.FromSeconds(60) } });
        var refused = await Errors.OfAsync(() => server.Api.ModifyNetworkInterfaceAttributeAsync(
            new() { EniId = eni.Id, ConnectionTracking = new() { UdpTimeout = TimeSpan.FromSeconds(61) } }));

        var expected = new EniConnectionTracking
        {
            TcpEstablishedTimeout = TimeSpan.FromSeconds(300),
            TcpClosedAndTimeWaitTimeout = TimeSpan.FromSeconds(3),
            UdpTimeout = TimeSpan.FromSeconds(60),
        };
        refused.Code.Should().Be("InvalidParameter.EniConnectionTrackingConfiguration");
        (await server.Api.DescribeNetworkInterfaceAttributeAsync(eni.Id, EniAttribute.ConnectionTracking)).Value.ConnectionTracking.Should().Be(expected);
        (await server.Cloud.Api.DescribeNetworkInterfaceAttributeAsync(eni.Id, EniAttribute.ConnectionTracking)).Value.ConnectionTracking.Should().Be(expected);
        (await server.Api.FindNetworkInterfaceAsync(eni.Id))!.ConnectionTracking.Should().BeNull();
    }

    [Fact]
    public async Task Attachment_of_a_trunk_shows_its_members()
    {
        await using var server = await TestServer.StartAsync(instanceType: "ecs.g7.xlarge");
        var trunk = (await server.Api.CreateNetworkInterfaceAsync(server.Cloud.NewEni() with { Type = EniType.Trunk })).Value;
        var member = await server.Cloud.CreateEniAsync();
        await server.Api.AttachNetworkInterfaceAsync(new(trunk.Id, server.Cloud.Instance));
        await server.Api.AttachNetworkInterfaceAsync(new(member.Id, server.Cloud.Instance, trunk.Id));

        (await server.Api.DescribeNetworkInterfaceAttributeAsync(trunk.Id, EniAttribute.Attachment)).Value.MemberEniIds.Should().Equal(member.Id);
        (await server.Api.FindNetworkInterfaceAsync(trunk.Id))!.MemberEniIds.Should().Equal(member.Id);
        (await server.Cloud.Api.FindNetworkInterfaceAsync(trunk.Id))!.MemberEniIds.Should().Equal(member.Id);
        (await server.Api.DescribeNetworkInterfaceAttributeAsync(member.Id, EniAttribute.Attachment)).Value.Attachment!.TrunkEniId.Should().Be(trunk.Id);
    }

    [Fact]
    public async Task Eni_that_is_gone_is_not_found_whichever_way_the_cloud_says_it()
    {
        await using var server = await TestServer.StartAsync();
        using var http = new HttpClient(new StubHandler((_, _) => StubHandler.Json(HttpStatusCode.OK, """{"RequestId":"REQ-7"}""")));

        var refused = await Errors.OfAsync(() => server.Api.DescribeNetworkInterfaceAttributeAsync(new("eni-none"), EniAttribute.Basic));
        var empty = await Errors.OfAsync(() => Alibaba.RetryTests.Api(http).DescribeNetworkInterfaceAttributeAsync(new("eni-none"), EniAttribute.Basic));
        var unknown = await Errors.OfAsync(() => server.Api.DescribeNetworkInterfaceAttributeAsync(server.Cloud.Emulator.Interfaces[0].Id, new EniAttribute("colour")));

        refused.Kind.Should().Be(CloudErrorKind.NotFound);
        (empty.Kind, empty.RequestId!.Value.Value).Should().Be((CloudErrorKind.NotFound, "REQ-7"));
        unknown.Code.Should().Be("InvalidParameter");
    }
}
