using System.Net;

namespace Terway.Cloud.Tests.Http;

/// <summary>Creates that name what they want, and listings that look for it.</summary>
public class NamedAddressTests
{
    private static readonly IPAddress V6 = IPAddress.Parse("2408:4005:0:1::a");
    private static readonly IPNetwork Prefix4 = IPNetwork.Parse("10.0.0.80/28");
    private static readonly IPNetwork Prefix6 = IPNetwork.Parse("2408:4005:0:1:8001::/80");

    [Fact]
    public async Task Create_takes_named_ipv6_addresses_and_prefixes()
    {
        await using var server = await TestServer.StartAsync();

        var addresses = (await server.Api.CreateNetworkInterfaceAsync(server.Cloud.NewEni() with { Ipv6Addresses = [V6], Ipv4Prefixes = [Prefix4] })).Value;
        var prefixes = (await server.Api.CreateNetworkInterfaceAsync(server.Cloud.NewEni() with { Ipv6Prefixes = [Prefix6] })).Value;

        (addresses.Ipv6Addresses, addresses.Ipv4Prefixes).Should().Be(((EquatableArray<IPAddress>)[V6], (EquatableArray<IPNetwork>)[Prefix4]));
        prefixes.Ipv6Prefixes.Should().Equal(Prefix6);
        server.Cloud.Emulator.FindOwner(server.Cloud.Vpc, IPAddress.Parse("10.0.0.95")).Should().Be(addresses.Id);
        server.Cloud.Emulator.FindOwner(server.Cloud.Vpc, V6).Should().Be(addresses.Id);
    }

    [Fact]
    public async Task Create_that_names_what_is_taken_or_mixed_changes_nothing()
    {
        await using var server = await TestServer.StartAsync();
        await server.Api.CreateNetworkInterfaceAsync(server.Cloud.NewEni() with { Ipv6Addresses = [V6], Ipv4Prefixes = [Prefix4] });
        var before = server.Cloud.Emulator.Interfaces;
        var wrong = new[]
        {
            server.Cloud.NewEni() with { Ipv6Addresses = [V6] },
            server.Cloud.NewEni() with { Ipv4Prefixes = [Prefix4] },
            server.Cloud.NewEni() with { Ipv4Prefixes = [IPNetwork.Parse("10.0.0.96/28")], Ipv4PrefixCount = 1 },
            server.Cloud.NewEni() with { Ipv6Prefixes = [Prefix6], Ipv6AddressCount = 1 },
            server.Cloud.NewEni() with { Ipv6Addresses = [IPAddress.Parse("2408::1")] },
            server.Cloud.NewEni(vSwitch: server.Cloud.Small) with { Ipv6Addresses = [V6] },
        };

        var codes = new List<string>();
        foreach (var request in wrong)
            codes.Add((await Errors.OfAsync(() => server.Api.CreateNetworkInterfaceAsync(request))).Code);

        codes.Should().Equal(
            "InvalidIp.IpAssigned", "InvalidIp.IpAssigned", "InvalidParameter.Conflict", "InvalidParameter.Conflict",
            "InvalidVSwitchId.IpInvalid", "InvalidVSwitch.Ipv6NotTurnOn");
        server.Cloud.Emulator.Interfaces.Should().Equal(before);
    }

    [Fact]
    public async Task Listing_looks_for_addresses_name_and_group()
    {
        await using var server = await TestServer.StartAsync();
        var wanted = (await server.Api.CreateNetworkInterfaceAsync(server.Cloud.NewEni() with
        {
            Ipv6Addresses = [V6],
            Name = "the-one",
            ResourceGroupId = new("rg-one"),
        })).Value;
        await server.Cloud.CreateEniAsync();
        NetworkInterfaceQuery[] queries =
        [
            new() { Ipv6Addresses = [V6] },
            new() { PrimaryIpAddress = wanted.PrimaryIpAddress },
            new() { Name = "the-one" },
            new() { ResourceGroupId = new("rg-one") },
        ];

        foreach (var query in queries)
            (await server.Api.ListNetworkInterfacesAsync(query)).Should().ContainSingle($"{query}").Which.Id.Should().Be(wanted.Id);
        (await server.Api.ListNetworkInterfacesAsync(new() { ServiceManaged = true })).Should().BeEmpty();
    }
}
