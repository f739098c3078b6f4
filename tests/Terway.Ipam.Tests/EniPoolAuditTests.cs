using System.Net;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Ipam.States;

namespace Terway.Ipam.Tests;

/// <summary>What others change of the pool's ENIs: tags, security groups, vSwitches.</summary>
public class EniPoolAuditTests
{
    [Fact]
    public async Task ENI_with_a_tag_of_the_block_list_keeps_its_pods_and_is_left_alone_also_after_a_restart()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync(Configure);
        var first = f.Lease(1);
        await Tag(f, first.Eni.Id, "maintenance", "yes");
        f.Pass(3700);

        var second = f.Lease(2);
        var excluded = f.OwnEnis.Single(eni => eni.Id == first.Eni.Id);
        f.Pool.Release(first.Attachment);
        f.Pass(300);
        await f.KillAsync();
        await f.StartAsync(Configure);
        f.Pass(300);
        var third = f.Lease(3);

        second.Eni.Id.Should().NotBe(first.Eni.Id, "nothing of an excluded ENI is given out");
        third.Eni.Id.Should().NotBe(first.Eni.Id, "a restart does not forget it");
        var left = f.OwnEnis.Single(eni => eni.Id == first.Eni.Id);
        left.Status.Should().Be(EniStatus.InUse);
        left.SecondaryIpAddresses.Should().BeEquivalentTo(excluded.SecondaryIpAddresses, "nothing is taken back from it");

        static void Configure(EniPoolOptions options)
        {
            options.MaxPoolSize = 0;
            options.EniTagBlockList.Add(new("maintenance", "yes"));
        }
    }

    [Fact]
    public async Task ENI_that_lacks_a_tag_of_the_filter_is_excluded_and_new_ones_carry_it()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();
        var old = f.Lease(1);
        await f.KillAsync();
        await f.StartAsync(options => options.EniTagFilter.Add("pool", "blue"));
        f.Pass(5);

        var lease = f.Lease(2);

        lease.Eni.Id.Should().NotBe(old.Eni.Id);
        f.OwnEnis.Single(eni => eni.Id == lease.Eni.Id).Tags.Should().Contain(new ResourceTag("pool", "blue"));
        f.Pool.Inspect(old.Attachment).Should().NotBeNull();
    }

    [Fact]
    public async Task Drifted_security_groups_are_reported_and_not_changed_until_they_are_as_configured_again()
    {
        var f = await PoolFixture.CreateAsync();
        var group = f.Cloud.Interfaces[0].SecurityGroupIds;
        var other = f.Cloud.AddSecurityGroup(f.Vpc);
        await f.StartAsync();
        var lease = f.Lease(1);
        var api = f.Cloud.CreateEniApi();

        await api.ModifyNetworkInterfaceAttributeAsync(new ModifyNetworkInterfaceRequest { EniId = lease.Eni.Id, SecurityGroupIds = [other] });
        f.Pass(3700);
        var drifted = f.Pool.Snapshot().Faults;
        var groups = f.OwnEnis.Single().SecurityGroupIds;
        await api.ModifyNetworkInterfaceAttributeAsync(new ModifyNetworkInterfaceRequest { EniId = lease.Eni.Id, SecurityGroupIds = group });
        f.Pass(4000);

        var fault = drifted.Should().ContainSingle().Which;
        fault.Code.Should().Be(IpamErrorCode.SecurityGroupDrift);
        fault.Owner.Should().Be(FaultOwner.Configuration);
        fault.Reason.Should().Contain(other.Value).And.Contain(group[0].Value);
        groups.Should().Equal(other);
        f.Pool.Snapshot().Faults.Should().BeEmpty();
    }

    [Fact]
    public async Task Created_ENI_carries_groups_tags_description_and_resource_group()
    {
        var f = await PoolFixture.CreateAsync();
        var groups = Enumerable.Range(0, 5).Select(_ => f.Cloud.AddSecurityGroup(f.Vpc)).ToList();
        await f.StartAsync(options =>
        {
            groups.ForEach(options.SecurityGroups.Add);
            options.EniTags.Add("team", "net");
            options.ResourceGroup = new ResourceGroupId("rg-1");
        });
        f.Lease(1);

        var eni = f.OwnEnis.Single();

        eni.SecurityGroupIds.Should().BeEquivalentTo(groups);
        eni.Tags.Should().Contain([new ResourceTag("team", "net"), new ResourceTag("creator", "terway"), new ResourceTag("terway-instance", f.Instance.Value)]);
        eni.Description.Should().Be("interface create by terway");
        eni.ResourceGroupId.Should().Be(new ResourceGroupId("rg-1"));
    }

    [Fact]
    public async Task VSwitch_with_the_most_free_addresses_is_taken_for_every_ENI_of_a_burst()
    {
        var f = await PoolFixture.CreateAsync(null, "ecs.g7.4xlarge", "10.0.0.0/28", "10.0.1.0/24", "10.0.2.0/25");
        await f.StartAsync(options => options.VSwitchSelection = VSwitchSelection.Most);

        var asked = Enumerable.Range(1, 90).Select(pod => f.Pool.LeaseAsync(PoolFixture.Request(pod)).AsTask()).ToList();
        f.Pass(60);

        await Task.WhenAll(asked);
        f.OwnEnis.Select(eni => eni.VSwitchId).Distinct().Should().Equal(f.VSwitches[1]);
    }

    [Fact]
    public async Task Random_choice_spreads_ENIs_over_the_vSwitches()
    {
        var f = await PoolFixture.CreateAsync(null, "ecs.g7.4xlarge", "10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24");
        await f.StartAsync(options => options.VSwitchSelection = VSwitchSelection.Random);

        var asked = Enumerable.Range(1, 90).Select(pod => f.Pool.LeaseAsync(PoolFixture.Request(pod)).AsTask()).ToList();
        f.Pass(60);

        await Task.WhenAll(asked);
        f.OwnEnis.Select(eni => eni.VSwitchId).Should().OnlyHaveUniqueItems("three ENIs of one burst go to three vSwitches").And.HaveCount(3);
    }

    [Fact]
    public async Task Added_vSwitch_is_taken_up_by_the_running_pool()
    {
        var f = await PoolFixture.CreateAsync(null, "ecs.g7.large", "10.0.0.0/29");
        await f.StartAsync();
        f.Lease(1);
        f.Lease(2);
        f.Lease(3);
        f.LeaseFails(4).Code.Should().Be(IpamErrorCode.VSwitchExhausted);
        var added = f.Cloud.AddVSwitch(new VSwitchSpec { VpcId = f.Vpc, ZoneId = new ZoneId("cn-hangzhou-k"), Cidr = IPNetwork.Parse("10.0.9.0/24") });

        f.Pool.UseVSwitches([f.VSwitches[0], added]);

        f.Lease(5).Eni.VSwitch.Should().Be(added);
        f.Pool.Snapshot().VSwitches.Select(vSwitch => vSwitch.Id).Should().Equal(f.VSwitches[0], added);
        var twice = () => f.Pool.UseVSwitches([added, added]);
        twice.Should().Throw<ArgumentException>();
    }

    private static Task<CloudReply> Tag(PoolFixture f, EniId eni, string key, string value) =>
        f.Cloud.CreateEniApi().TagResourcesAsync(new TagResourcesRequest(TagResourcesRequest.EniResourceType, [eni.Value], [new ResourceTag(key, value)]));
}
