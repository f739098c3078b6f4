using System.Net;
using Terway.Cloud.Testing;

namespace Terway.Cloud.Tests.Http;

/// <summary>Every action through the real client, HTTP and the emulator.</summary>
public class ActionsOverHttpTests
{
    [Fact]
    public async Task Whole_life_of_an_eni_reads_as_the_emulator_has_it()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Api;
        var request = server.Cloud.NewEni(secondary: 3) with
        {
            Tags = [new("creator", "terway test/ä*~"), new("empty", "")],
            Name = "pod-eni",
            Description = "made by a test",
            SourceDestCheck = false,
            DeleteOnRelease = true,
        };

        var created = await api.CreateNetworkInterfaceAsync(request);
        created.RequestId.Value.Should().MatchRegex("^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$");
        created.Value.Should().Be(server.Cloud.Now(created.Value.Id) with { CreationTime = null, DeleteOnRelease = null });

        var id = created.Value.Id;
        await api.AttachNetworkInterfaceAsync(new(id, server.Cloud.Instance));
        (await api.FindNetworkInterfaceAsync(id)).Should().Be(server.Cloud.Now(id));

        var assigned = (await api.AssignPrivateIpAddressesAsync(new() { EniId = id, Count = 2 })).Value;
        assigned.Addresses.Should().HaveCount(2);
        var ipv6 = (await api.AssignIpv6AddressesAsync(new() { EniId = id, Count = 2 })).Value;
        ipv6.Addresses.Should().HaveCount(2);
        await api.TagResourcesAsync(new(TagResourcesRequest.EniResourceType, [id.Value], [new("node", "a")]));
        await api.ModifyNetworkInterfaceAttributeAsync(new() { EniId = id, Description = "changed", SourceDestCheck = true });
        (await api.FindNetworkInterfaceAsync(id)).Should().Be(server.Cloud.Now(id));

        await api.UnassignPrivateIpAddressesAsync(new() { EniId = id, Addresses = assigned.Addresses });
        await api.UnassignIpv6AddressesAsync(new() { EniId = id, Addresses = ipv6.Addresses });
        await api.DetachNetworkInterfaceAsync(new(id, server.Cloud.Instance));
        await api.DeleteNetworkInterfaceAsync(id);
        (await api.FindNetworkInterfaceAsync(id)).Should().BeNull();
    }

    [Fact]
    public async Task Prefixes_of_both_families_read_as_the_emulator_has_them()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Api;

        var eni = (await api.CreateNetworkInterfaceAsync(server.Cloud.NewEni() with { Ipv4PrefixCount = 1, Ipv6PrefixCount = 1 })).Value;
        var more = (await api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, PrefixCount = 1 })).Value.Prefixes;
        var ipv6 = (await api.AssignIpv6AddressesAsync(new() { EniId = eni.Id, PrefixCount = 1 })).Value.Prefixes;

        (await api.FindNetworkInterfaceAsync(eni.Id)).Should().Be(server.Cloud.Now(eni.Id));
        await api.UnassignPrivateIpAddressesAsync(new() { EniId = eni.Id, Prefixes = more });
        await api.UnassignIpv6AddressesAsync(new() { EniId = eni.Id, Prefixes = ipv6 });
        server.Cloud.Now(eni.Id).Ipv4Prefixes.Should().Equal(eni.Ipv4Prefixes);
        server.Cloud.Now(eni.Id).Ipv6Prefixes.Should().Equal(eni.Ipv6Prefixes);
    }

    [Fact]
    public async Task Trunk_and_member_read_with_vlan_and_trunk()
    {
        await using var server = await TestServer.StartAsync(instanceType: "ecs.g7.xlarge");
        var api = server.Api;
        var trunk = (await api.CreateNetworkInterfaceAsync(server.Cloud.NewEni() with { Type = EniType.Trunk })).Value;
        var member = (await api.CreateNetworkInterfaceAsync(server.Cloud.NewEni())).Value;
        await api.AttachNetworkInterfaceAsync(new(trunk.Id, server.Cloud.Instance));
        await api.AttachNetworkInterfaceAsync(new(member.Id, server.Cloud.Instance, trunk.Id));

        var found = await api.FindNetworkInterfaceAsync(member.Id);

        found!.Type.Should().Be(EniType.Member);
        found.Attachment.Should().Be(new EniAttachment(server.Cloud.Instance, 1, 0, trunk.Id));
    }

    [Fact]
    public async Task More_than_a_page_of_enis_comes_whole_and_in_order()
    {
        await using var server = await TestServer.StartAsync(new CloudEmulatorOptions { ActionLimits = new Dictionary<string, int>(), DefaultActionLimit = 100_000 });
        var big = server.Cloud.Emulator.AddVSwitch(new VSwitchSpec { VpcId = server.Cloud.Vpc, ZoneId = TestCloud.ZoneK, Cidr = IPNetwork.Parse("10.8.0.0/16") });
        for (var i = 0; i < 1_050; i++)
            await server.Cloud.CreateEniAsync(vSwitch: big);

        var all = await server.Api.ListNetworkInterfacesAsync(new NetworkInterfaceQuery { VSwitchId = big });
        var wanted = all.Where((_, i) => i % 4 == 0).Select(e => e.Id).ToEquatableArray();
        var some = await server.Api.ListNetworkInterfacesAsync(new NetworkInterfaceQuery { Ids = [.. wanted, new EniId("eni-none")] });

        all.Should().Equal(server.Cloud.Emulator.Interfaces.Where(e => e.VSwitchId == big));
        some.Select(e => e.Id).Should().Equal(wanted, "more ids than one call takes are asked in groups");
    }

    [Fact]
    public async Task Filters_reach_the_cloud()
    {
        await using var server = await TestServer.StartAsync();
        var tagged = (await server.Api.CreateNetworkInterfaceAsync(server.Cloud.NewEni() with { Tags = [new("a", "1"), new("b", "2")] })).Value;
        var attached = await server.Cloud.CreateAttachedEniAsync(secondary: 1);
        async Task<IEnumerable<EniId>> FindAsync(NetworkInterfaceQuery query) => (await server.Api.ListNetworkInterfacesAsync(query)).Select(e => e.Id);

        (await FindAsync(new() { Tags = [new("a", "1"), new("b", "2")] })).Should().Equal(tagged.Id);
        (await FindAsync(new() { Tags = [new("a", "2")] })).Should().BeEmpty();
        (await FindAsync(new() { InstanceId = server.Cloud.Instance, Type = EniType.Secondary })).Should().Equal(attached.Id);
        (await FindAsync(new() { Status = EniStatus.Available })).Should().Equal(tagged.Id);
        (await FindAsync(new() { PrivateIpAddresses = attached.SecondaryIpAddresses })).Should().Equal(attached.Id);
        (await FindAsync(new() { VpcId = new VpcId("vpc-none") })).Should().BeEmpty();
        (await FindAsync(new() { SecurityGroupId = server.Cloud.Group, VSwitchId = server.Cloud.VSwitch })).Should().BeEquivalentTo([tagged.Id, attached.Id]);
    }

    [Fact]
    public async Task Vswitches_beyond_a_page_come_whole()
    {
        await using var server = await TestServer.StartAsync();
        for (var i = 0; i < 120; i++)
            server.Cloud.Emulator.AddVSwitch(new VSwitchSpec { VpcId = server.Cloud.Vpc, ZoneId = TestCloud.ZoneJ, Cidr = IPNetwork.Parse($"10.9.{i}.0/24"), Tags = [new("n", "1")] });

        var found = new List<VSwitch>();
        await foreach (var vSwitch in server.Api.DescribeVSwitchesAsync(new VSwitchQuery { ZoneId = TestCloud.ZoneJ, Tags = [new("n", "1")] }))
            found.Add(vSwitch);
        var one = await server.Api.FindVSwitchAsync(server.Cloud.VSwitch);

        found.Should().HaveCount(120).And.OnlyHaveUniqueItems();
        one!.Cidr.Should().Be(IPNetwork.Parse("10.0.0.0/24"));
        one.Ipv6Cidr.Should().Be(IPNetwork.Parse("2408:4005:0:1::/64"));
        (await server.Api.FindVSwitchAsync(new VSwitchId("vsw-none"))).Should().BeNull();
    }

    [Fact]
    public async Task Instance_types_read_with_their_limits()
    {
        await using var server = await TestServer.StartAsync();
        var types = InstanceTypeCatalog.Types.Keys.OrderBy(t => t.Value, StringComparer.Ordinal).ToEquatableArray();

        var found = new List<InstanceTypeLimits>();
        await foreach (var limits in server.Api.DescribeInstanceTypesAsync([.. types, new InstanceTypeId("ecs.none")]))
            found.Add(limits);

        found.Should().Equal(types.Select(t => InstanceTypeCatalog.Types[t]));
        (await server.Api.FindInstanceTypeAsync(new InstanceTypeId("ecs.g7.xlarge")))!.SharedEniPods.Should().Be(45);
    }

    [Fact]
    public async Task Instances_and_groups_read_as_the_emulator_has_them()
    {
        await using var server = await TestServer.StartAsync();
        var eni = await server.Cloud.CreateAttachedEniAsync();

        Instance? instance = null;
        await foreach (var found in server.Api.DescribeInstancesAsync(new InstanceQuery { Ids = [server.Cloud.Instance] }))
            instance = found;
        SecurityGroup? group = null;
        await foreach (var found in server.Api.DescribeSecurityGroupsAsync(new SecurityGroupQuery { Ids = [server.Cloud.Group], VpcId = server.Cloud.Vpc }))
            group = found;

        instance!.Status.Should().Be(InstanceStatus.Running);
        instance.VSwitchId.Should().Be(server.Cloud.VSwitch);
        instance.NetworkInterfaceIds.Should().HaveCount(2).And.Contain(eni.Id);
        group.Should().Be(new SecurityGroup(server.Cloud.Group, server.Cloud.Vpc, SecurityGroupType.Basic, "", false, []));
    }
}
