using System.Net;

namespace Terway.Cloud.Tests.Alibaba;

/// <summary>Answers as the real API nests them, independent of the emulator.</summary>
public class WireShapeTests
{
    private const string Described =
        """
        {"RequestId":"0B1F2A3C-0000-5000-8000-00000000000A","NextToken":"","PageNumber":1,"PageSize":10,"TotalCount":1,
         "NetworkInterfaceSets":{"NetworkInterfaceSet":[{
          "NetworkInterfaceId":"eni-bp1demo0000000000001","Type":"Secondary","Status":"InUse","MacAddress":"00:16:3e:00:00:01",
          "VpcId":"vpc-bp1demo","VSwitchId":"vsw-bp1demo","ZoneId":"cn-hangzhou-k","InstanceId":"i-bp1demo",
          "PrivateIpAddress":"10.0.0.10","CreationTime":"2026-01-02T03:04:05Z","NetworkInterfaceTrafficMode":"Standard",
          "PrivateIpSets":{"PrivateIpSet":[{"PrivateIpAddress":"10.0.0.10","Primary":true},{"PrivateIpAddress":"10.0.0.11","Primary":false}]},
          "Ipv6Sets":{"Ipv6Set":[{"Ipv6Address":"2408:4005:0:1::a"}]},
          "Ipv4PrefixSets":{"Ipv4PrefixSet":[{"Ipv4Prefix":"10.0.0.32/28"}]},"Ipv6PrefixSets":{"Ipv6PrefixSet":[]},
          "SecurityGroupIds":{"SecurityGroupId":["sg-bp1demo"]},"Tags":{"Tag":[{"TagKey":"creator","TagValue":"terway"}]},
          "Attachment":{"InstanceId":"i-bp1demo","DeviceIndex":2,"NetworkCardIndex":0,"TrunkNetworkInterfaceId":"","MemberNetworkInterfaceIds":{"MemberNetworkInterfaceId":[]}},
          "DeleteOnRelease":true,"SourceDestCheck":false,"ServiceManaged":false,"QueueNumber":2}]}}
        """;

    [Fact]
    public async Task Described_eni_reads_field_by_field()
    {
        var eni = (await Api(Described).ListNetworkInterfacesAsync(new())).Single();

        eni.Should().Be(new NetworkInterface
        {
            Id = new("eni-bp1demo0000000000001"),
            Type = EniType.Secondary,
            Status = EniStatus.InUse,
            MacAddress = new([0x00, 0x16, 0x3e, 0, 0, 1]),
            VpcId = new("vpc-bp1demo"),
            VSwitchId = new("vsw-bp1demo"),
            ZoneId = new("cn-hangzhou-k"),
            PrimaryIpAddress = IPAddress.Parse("10.0.0.10"),
            SecondaryIpAddresses = [IPAddress.Parse("10.0.0.11")],
            Ipv6Addresses = [IPAddress.Parse("2408:4005:0:1::a")],
            Ipv4Prefixes = [IPNetwork.Parse("10.0.0.32/28")],
            SecurityGroupIds = [new("sg-bp1demo")],
            Tags = [new("creator", "terway")],
            Attachment = new(new("i-bp1demo"), 2),
            DeleteOnRelease = true,
            SourceDestCheck = false,
            CreationTime = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        });
    }

    [Fact]
    public async Task Sparse_eni_reads_with_what_absence_means()
    {
        const string body =
            """
            {"RequestId":"R","NetworkInterfaceSets":{"NetworkInterfaceSet":[{"NetworkInterfaceId":"eni-1","Status":"Available","MacAddress":"00:16:3e:00:00:01",
             "VpcId":"vpc-1","VSwitchId":"vsw-1","ZoneId":"z","PrivateIpSets":{"PrivateIpSet":[{"PrivateIpAddress":"10.0.0.10","Primary":true}]}}]}}
            """;

        var eni = (await Api(body).ListNetworkInterfacesAsync(new())).Single();

        eni.Type.Should().Be(EniType.Secondary);
        eni.PrimaryIpAddress.Should().Be(IPAddress.Parse("10.0.0.10"));
        eni.Attachment.Should().BeNull();
        eni.SourceDestCheck.Should().BeNull();
    }

    [Fact]
    public async Task Assign_answers_hold_plain_texts()
    {
        var ipv4 = await Api("""{"RequestId":"R","AssignedPrivateIpAddressesSet":{"NetworkInterfaceId":"eni-1","PrivateIpSet":{"PrivateIpAddress":["10.0.0.5"]},"Ipv4PrefixSet":{"Ipv4Prefixes":["10.0.0.16/28"]}}}""")
            .AssignPrivateIpAddressesAsync(new() { EniId = new("eni-1"), Count = 1 });
        var ipv6 = await Api("""{"RequestId":"R","NetworkInterfaceId":"eni-1","Ipv6Sets":{"Ipv6Address":["2408::5"]},"Ipv6PrefixSets":{"Ipv6Prefix":["2408:0:0:0:1::/80"]}}""")
            .AssignIpv6AddressesAsync(new() { EniId = new("eni-1"), Count = 1 });

        ipv4.Value.Addresses.Should().Equal(IPAddress.Parse("10.0.0.5"));
        ipv4.Value.Prefixes.Should().Equal(IPNetwork.Parse("10.0.0.16/28"));
        ipv6.Value.Addresses.Should().Equal(IPAddress.Parse("2408::5"));
        ipv6.Value.Prefixes.Should().Equal(IPNetwork.Parse("2408:0:0:0:1::/80"));
        ipv4.RequestId.Should().Be(new RequestId("R"));
    }

    [Fact]
    public async Task Created_eni_without_an_id_is_asked_for_again()
    {
        var calls = 0;
        using var http = new HttpClient(new StubHandler((n, _) =>
        {
            calls = n;
            return StubHandler.Json(HttpStatusCode.OK, """{"RequestId":"R"}""");
        }));

        var failure = await Errors.OfAsync(() => RetryTests.Api(http).CreateNetworkInterfaceAsync(new() { VSwitchId = new("vsw-1"), SecurityGroupIds = [new("sg-1")] }));

        failure.Code.Should().Be("Client.InvalidResponse");
        calls.Should().Be(4);
    }

    [Fact]
    public async Task Page_that_names_itself_as_the_next_ends_the_listing()
    {
        var body = """{"RequestId":"R","NextToken":"t","NetworkInterfaceSets":{"NetworkInterfaceSet":[]}}""";

        (await Errors.OfAsync(() => Api(body).ListNetworkInterfacesAsync(new()))).Code.Should().Be("Client.InvalidResponse");
    }

    private static Terway.Cloud.Alibaba.AlibabaEniApi Api(string body) =>
        RetryTests.Api(new HttpClient(new StubHandler((_, _) => StubHandler.Json(HttpStatusCode.OK, body))));
}
