using System.Collections.Immutable;
using System.Net;
using Terway.Netlink;

namespace Terway.Datapath.Tests;

public class StaleRuleSweepTests
{
    private static readonly IPAddress Dead = IPAddress.Parse("10.0.0.5");
    private static readonly IPAddress Live = IPAddress.Parse("10.0.0.6");

    private static readonly RuleMessage ToDead = new() { Priority = 512, Destination = IPNetwork.Parse("10.0.0.5/32"), Table = RouteTable.Main, Action = RuleAction.ToTable };

    private static readonly RuleMessage FromDead = new() { Priority = 2048, Source = IPNetwork.Parse("10.0.0.5/32"), Table = RouteTable.FromId(1003), Action = RuleAction.ToTable };

    [Fact]
    public void Both_rules_of_a_dead_pod_are_found()
    {
        var fromDead6 = FromDead with { Source = IPNetwork.Parse("fd00::5/128"), Family = IpFamily.IPv6 };

        Find(ToDead, FromDead, fromDead6).Should().Equal(ToDead, FromDead, fromDead6);
    }

    [Fact]
    public void Rules_of_a_living_pod_stay() =>
        Find(ToDead with { Destination = IPNetwork.Parse("10.0.0.6/32") }, FromDead with { Source = IPNetwork.Parse("10.0.0.6/32") }).Should().BeEmpty();

    [Fact]
    public void Rules_that_only_look_like_ours_stay() => Find(
        ToDead with { Table = RouteTable.FromId(7) },
        ToDead with { Priority = 513 },
        ToDead with { Destination = IPNetwork.Parse("10.0.0.0/24") },
        ToDead with { InputInterface = "eth0" },
        ToDead with { Source = IPNetwork.Parse("10.1.0.0/16") },
        FromDead with { Table = RouteTable.FromId(100) },
        FromDead with { Mark = 16 },
        FromDead with { Mark = 0, MarkMask = 0xff },
        FromDead with { Flags = RuleFlags.Invert },
        FromDead with { Action = RuleAction.Unreachable },
        FromDead with { Source = null }).Should().BeEmpty();

    [Fact]
    public void Rules_of_addresses_that_are_not_of_this_nodes_pool_stay() =>
        StaleRuleSweep.Find([ToDead, FromDead], isOwned: _ => false, isLive: _ => false).Should().BeEmpty();

    private static ImmutableArray<RuleMessage> Find(params RuleMessage[] rules) =>
        StaleRuleSweep.Find(rules, isOwned: address => !address.Equals(IPAddress.Parse("10.99.0.1")), isLive: address => address.Equals(Live) && !address.Equals(Dead));
}
