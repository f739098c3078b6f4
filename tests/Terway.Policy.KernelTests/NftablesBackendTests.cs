using System.Collections.Immutable;
using System.Net;
using Terway.Netlink;
using Terway.Policy.Calculation;
using Terway.Policy.Dataplane;
using Terway.Policy.Dataplane.Nftables;
using Terway.Policy.Nftables;

namespace Terway.Policy.KernelTests;

/// <summary>What the backend leaves in the kernel is told by <c>nft</c>, which shares no code with it.</summary>
public sealed class NftablesBackendTests : IDisposable
{
    private readonly PolicyNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void The_kernel_holds_after_the_netlink_messages_what_nft_makes_of_the_text()
    {
        for (int seed = 7000; seed < 7012; seed++)
        {
            using NftablesBackend backend = NftablesBackend.Open(_node.Namespace);
            ImmutableArray<PolicyEvent> events = EventsOf(new RandomCluster(seed).State());

            backend.Apply(events).Refused.Should().BeEmpty();
            string ours = _node.ListTable();
            _node.Load(RulesetOf(events).ToString());

            ours.Should().Be(_node.ListTable(), $"seed {seed}");
            _node.Execute("nft", "flush", "ruleset");
        }
    }

    [Fact]
    public void A_restart_with_the_same_state_sends_nothing_that_modifies()
    {
        for (int seed = 7100; seed < 7112; seed++)
        {
            ImmutableArray<PolicyEvent> events = EventsOf(new RandomCluster(seed).State());
            using (NftablesBackend first = NftablesBackend.Open(_node.Namespace))
            {
                first.Apply(events).Modifications.Should().BePositive();
            }

            using NftablesBackend second = NftablesBackend.Open(_node.Namespace);

            uint before = _node.Generation();
            second.Apply(events).Modifications.Should().Be(0, $"seed {seed}");
            _node.Generation().Should().Be(before);
            second.Remove();
        }
    }

    [Fact]
    public void A_restart_with_another_state_ends_as_if_nothing_had_been_before()
    {
        for (int seed = 7200; seed < 7212; seed++)
        {
            RandomCluster random = new(seed);
            using (NftablesBackend first = NftablesBackend.Open(_node.Namespace))
            {
                first.Apply(EventsOf(random.State()));
            }

            ImmutableArray<PolicyEvent> events = EventsOf(random.State());
            using NftablesBackend second = NftablesBackend.Open(_node.Namespace);

            second.Apply(events).Refused.Should().BeEmpty();

            string ours = _node.ListTable();
            _node.Load(RulesetOf(events).ToString());
            ours.Should().Be(_node.ListTable(), $"seed {seed}");
        }
    }

    [Fact]
    public void Change_by_change_the_kernel_gets_where_a_fresh_start_gets()
    {
        using PolicyNode fresh = new();
        for (int seed = 7300; seed < 7304; seed++)
        {
            RandomCluster random = new(seed);
            PolicyCalculator calculator = new(RandomCluster.Node);
            using NftablesBackend backend = NftablesBackend.Open(_node.Namespace);
            Dictionary<ResourceKey, Resource> there = [];
            for (int step = 0; step < 4; step++)
            {
                List<Resource> next = random.State();
                foreach (Resource gone in there.Values.Where(r => next.TrueForAll(n => n.Key != r.Key)).ToList())
                {
                    there.Remove(gone.Key);
                    calculator.Remove(gone.Key);
                }

                foreach (Resource come in random.Shuffle(next))
                {
                    there[come.Key] = come;
                    calculator.Apply(come);
                    if (random.Chance(30))
                    {
                        backend.Apply(calculator.Flush()).Refused.Should().BeEmpty();
                    }
                }

                backend.Apply(calculator.Flush());
                string ours = _node.ListTable();
                backend.Reconcile().Modifications.Should().Be(0, "every change left what it should");
                fresh.Load(RulesetOf(EventsOf(next)).ToString());
                ours.Should().Be(fresh.ListTable(), $"seed {seed}, step {step}");
            }

            _node.Execute("nft", "flush", "ruleset");
        }
    }

    [Theory]
    [InlineData("flush ruleset")]
    [InlineData("delete table inet terway")]
    [InlineData("flush chain inet terway from-pod")]
    [InlineData("insert rule inet terway to-pod accept")]
    [InlineData("add rule inet terway forward-from accept")]
    [InlineData("flush set inet terway endpoints")]
    [InlineData("add element inet terway endpoints { \"stranger\" }")]
    [InlineData("flush map inet terway from")]
    [InlineData("add chain inet terway mine; add rule inet terway mine jump from-pod")]
    [InlineData("add chain inet terway mine { type filter hook input priority -5; policy drop; }")]
    [InlineData("add set inet terway mine { type ipv4_addr; flags interval; elements = { 10.0.0.0/8 } }")]
    [InlineData("add map inet terway mine { type ifname : verdict; elements = { \"x\" : goto to-pod } }; add rule inet terway from-pod iifname vmap @mine")]
    [InlineData("add rule inet terway from-pod ip saddr { 10.0.0.1, 10.0.0.2 } accept")]
    [InlineData("add table inet terway { flags dormant; }")]
    [InlineData("delete chain inet terway forward-to")]
    [InlineData("delete chain inet terway forward-to; add chain inet terway forward-to { type filter hook forward priority -7; }")]
    public void What_a_stranger_changes_is_mended(string command)
    {
        using NftablesBackend backend = NftablesBackend.Open(_node.Namespace);
        backend.Apply(EventsOf(new RandomCluster(7400).State()));
        string before = _node.ListTable();

        _node.Load(string.Join('\n', command.Split("; ", StringSplitOptions.TrimEntries).Aggregate(new List<string>(), Join)));
        if (!command.Contains("dormant", StringComparison.Ordinal))
        {
            _node.ListTable().Should().NotBe(before);
        }

        backend.Reconcile().Modifications.Should().BePositive();
        _node.ListTable().Should().Be(before);
        backend.Reconcile().Modifications.Should().Be(0);
    }

    [Fact]
    public void Tables_of_others_stay_as_they_are()
    {
        _node.Load("add table inet other\nadd chain inet other c { type filter hook forward priority 0; policy drop; }");
        string other = _node.Execute("nft", "list", "table", "inet", "other");
        using NftablesBackend backend = NftablesBackend.Open(_node.Namespace);

        backend.Apply(EventsOf(new RandomCluster(7500).State()));
        _node.Execute("nft", "list", "table", "inet", "other").Should().Be(other);
        backend.Remove();

        _node.Execute("nft", "list", "ruleset").Should().Be(other);
        backend.Remove();
    }

    [Fact]
    public void What_the_kernel_refuses_is_closed_and_named_and_the_rest_is_applied()
    {
        List<Resource> state = [.. Pods, Policy("logs", RuleAction.Log), Policy("allows", RuleAction.Allow)];
        ImmutableArray<PolicyEvent> events = EventsOf(state);
        using NftablesBackend backend = NftablesBackend.Open(_node.Namespace, new() { RuleLog = new() { PerSecond = 0 } });

        BackendReport report = backend.Apply(events);

        RefusedObject refused = report.Refused.Should().ContainSingle().Subject;
        refused.Should().BeEquivalentTo(new { Code = "PolicyChainRefused", Subject = "chain in-gnp/logs", Resource = state[^2].Key });
        refused.Reason.Should().NotBeEmpty();
        string table = _node.ListTable();
        table.Should().Contain("jump in-gnp/allows").And.Contain("the kernel refuses the rules");
        _node.Execute("nft", "list", "chain", "inet", "terway", "in-gnp/logs").Should().Contain("drop");

        PolicyCalculator calculator = new(RandomCluster.Node);
        state.ForEach(calculator.Apply);
        calculator.Flush();
        calculator.Remove(state[^2].Key);
        backend.Apply(calculator.Flush()).Refused.Should().BeEmpty("the culprit is gone");
        _node.ListTable().Should().NotContain("refuses");
    }

    [Fact]
    public void A_pod_whose_link_has_no_possible_name_is_refused_alone()
    {
        ImmutableArray<PolicyEvent> events = EventsOf([.. Pods, Policy("allows", RuleAction.Allow)]);
        events = [.. events.Select(e => e is EndpointUpdated { Endpoint: { Pod.Name: "web" } endpoint } ? new EndpointUpdated(endpoint with { InterfaceName = "cali-of-a-very-long-name" }) : e)];
        using NftablesBackend backend = NftablesBackend.Open(_node.Namespace);

        BackendReport report = backend.Apply(events);

        report.Refused.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Code = "PolicyLinkRefused", Subject = "link cali-of-a-very-long-name", Resource = ResourceKey.Pod("x", "web") });
        _node.Execute("nft", "list", "map", "inet", "terway", "to").Should().Contain("goto");
    }

    private static IEnumerable<Resource> Pods =>
    [
        new Namespace { Name = "x" },
        new Pod { Name = "web", Namespace = "x", Node = RandomCluster.Node, Addresses = [IPAddress.Parse("10.0.0.1")] },
        new Pod { Name = "db", Namespace = "x", Node = RandomCluster.Node, Addresses = [IPAddress.Parse("10.0.0.2")] },
    ];

    private static CalicoPolicy Policy(string name, RuleAction action) => new() { Name = name, Ingress = [new CalicoRule { Action = action }] };

    private static ImmutableArray<PolicyEvent> EventsOf(List<Resource> state)
    {
        PolicyCalculator calculator = new(RandomCluster.Node);
        state.ForEach(calculator.Apply);
        return calculator.Flush();
    }

    private static Ruleset RulesetOf(IReadOnlyList<PolicyEvent> events)
    {
        NftablesRenderer renderer = new();
        renderer.Apply(events);
        return renderer.Ruleset;
    }

    /// <summary>Commands are parted by semicolons, but not those within braces.</summary>
    private static List<string> Join(List<string> commands, string part)
    {
        if (commands.Count > 0 && commands[^1].Count(c => c == '{') > commands[^1].Count(c => c == '}'))
        {
            commands[^1] += "; " + part;
        }
        else
        {
            commands.Add(part);
        }

        return commands;
    }
}
