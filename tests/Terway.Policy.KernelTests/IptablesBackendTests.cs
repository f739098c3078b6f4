using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Terway.Policy.Calculation;
using Terway.Policy.Dataplane;
using Terway.Policy.Dataplane.Iptables;
using Terway.Policy.Iptables;

namespace Terway.Policy.KernelTests;

/// <summary>What the backend leaves in the kernel is told by <c>iptables-save</c> and <c>ipset save</c>.</summary>
public sealed partial class IptablesBackendTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PolicyNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void A_restart_with_the_same_state_changes_nothing()
    {
        for (int seed = 9100; seed < 9106; seed++)
        {
            ImmutableArray<PolicyEvent> events = EventsOf(new RandomCluster(seed).State());
            using (IptablesBackend first = IptablesBackend.Open(_node.Namespace))
            {
                first.Apply(events).Modifications.Should().BePositive();
            }

            using IptablesBackend second = IptablesBackend.Open(_node.Namespace);

            uint before = _node.Generation();
            second.Apply(events).Should().BeEquivalentTo(new BackendReport(0, []), $"seed {seed}");
            _node.Generation().Should().Be(before);
            second.Remove();
        }
    }

    [Fact]
    public void A_restart_with_another_state_ends_as_if_nothing_had_been_before()
    {
        for (int seed = 9200; seed < 9206; seed++)
        {
            RandomCluster random = new(seed);
            using (IptablesBackend first = IptablesBackend.Open(_node.Namespace))
            {
                first.Apply(EventsOf(random.State()));
            }

            ImmutableArray<PolicyEvent> events = EventsOf(random.State());
            using IptablesBackend second = IptablesBackend.Open(_node.Namespace);

            second.Apply(events).Refused.Should().BeEmpty();

            Saved(_node).Should().Be(Fresh(events), $"seed {seed}");
        }
    }

    [Fact]
    public void Change_by_change_the_kernel_gets_where_a_fresh_start_gets()
    {
        for (int seed = 9300; seed < 9304; seed++)
        {
            RandomCluster random = new(seed);
            PolicyCalculator calculator = new(RandomCluster.Node);
            using IptablesBackend backend = IptablesBackend.Open(_node.Namespace);
            List<Resource> former = [];
            for (int step = 0; step < 3; step++)
            {
                List<Resource> state = random.State();
                foreach (Resource gone in former.Where(f => state.TrueForAll(s => s.Key != f.Key)))
                {
                    calculator.Remove(gone.Key);
                }

                state.ForEach(calculator.Apply);
                former = state;

                backend.Apply(calculator.Flush()).Refused.Should().BeEmpty();

                Saved(_node).Should().Be(Fresh(EventsOf(state)), $"seed {seed}, step {step}");
            }
        }
    }

    [Fact]
    public async Task What_a_stranger_flushes_is_noticed_and_mended()
    {
        ImmutableArray<PolicyEvent> events = EventsOf(new RandomCluster(9401).State());
        using IptablesBackend backend = IptablesBackend.Open(_node.Namespace);
        backend.Apply(events);
        string wanted = Saved(_node);
        string[][] strangers =
        [
            ["iptables", "-F"], ["ip6tables", "-F", "cali-FORWARD"], ["nft", "flush", "ruleset"], ["iptables", "-D", "INPUT", "1"],
            ["iptables", "-I", "cali-FORWARD", "-j", "ACCEPT"],
        ];
        foreach (string[] stranger in strangers)
        {
            using CancellationTokenSource enough = new(Patience);
            Task heard = backend.WaitForForeignChangeAsync(enough.Token);
            _node.Execute(stranger[0], stranger[1..]);

            await heard;
            backend.Reconcile().Modifications.Should().BePositive();

            Saved(_node).Should().Be(wanted, string.Join(' ', stranger));
        }
    }

    [Fact]
    public void Members_and_hooks_that_strangers_change_are_found_when_all_is_compared()
    {
        using IptablesBackend backend = IptablesBackend.Open(_node.Namespace);
        backend.Apply(Closed("10.0.0.5"));
        string wanted = Saved(_node);
        _node.Execute("ipset", "add", "cali40s:a", "192.0.2.1");
        _node.Execute("ipset", "del", "cali40s:a", "10.0.0.9");
        _node.Execute("ipset", "create", "cali40stale", "hash:net");
        _node.Execute("iptables", "-I", "FORWARD", "-j", "ACCEPT");
        _node.Execute("iptables", "-N", "cali-stale");

        backend.Reconcile().Modifications.Should().BePositive();

        _node.Execute("iptables", "-S", "FORWARD").Split('\n')[1..3].Should().SatisfyRespectively(
            first => first.Should().Contain("cali-FORWARD"), second => second.Should().Be("-A FORWARD -j ACCEPT"));
        backend.Reconcile().Modifications.Should().Be(0);
        _node.Execute("iptables", "-D", "FORWARD", "-j", "ACCEPT");
        Saved(_node).Should().Be(wanted);
    }

    [Fact]
    public void A_policy_that_is_refused_is_closed_and_named_and_all_else_is_applied()
    {
        ResourceKey bad = new(ResourceKind.GlobalNetworkPolicy, null, "bad");
        ActivePolicy policy = new(bad, "default", [new(0, RuleAction.Allow) { Source = new() { Set = "s:missing" } }], []);
        using IptablesBackend backend = IptablesBackend.Open(_node.Namespace);
        backend.Apply(Closed("10.0.0.5"));

        BackendReport report = backend.Apply(
        [
            new PolicyUpdated(policy),
            new EndpointUpdated(new(ResourceKey.Pod("x", "b"), "cali2", [IPAddress.Parse("10.0.0.6")], [], [new("default", RuleAction.Deny, [bad], [])])),
        ]);

        report.Refused.Should().HaveCount(2, "both versions have the rule").And.OnlyContain(r => r.Resource == bad && r.Code == "PolicyChainRefused");
        report.Refused[0].Reason.Should().Contain("doesn't exist");
        _node.Execute("iptables", "-S", "cali-pi-bad").Should().Contain("-j DROP");
        _node.Execute("iptables", "-S", "cali-to-wl-dispatch").Should().Contain("cali-tw-cali2").And.Contain("cali-tw-cali1");

        backend.Apply([new PolicyUpdated(policy with { Ingress = [new(0, RuleAction.Allow)] })]).Refused.Should().BeEmpty();
        _node.Execute("iptables", "-S", "cali-pi-bad").Should().NotContain("-j DROP");
    }

    [Fact]
    public void A_set_that_is_full_is_named_and_all_else_is_applied()
    {
        using IptablesBackend backend = IptablesBackend.Open(_node.Namespace, new() { MaxSetSize = 1 });

        BackendReport report = backend.Apply([.. Closed("10.0.0.5"), new IpSetChanged("s:a", [new(IPNetwork.Parse("10.0.0.10/32"))], [])]);

        report.Refused.Should().ContainSingle().Which.Should().Match<RefusedObject>(r => r.Code == "PolicySetRefused" && r.Subject == "set cali40s:a");
        _node.Execute("iptables", "-S", "cali-to-wl-dispatch").Should().Contain("cali-tw-cali1");
        backend.Apply([new IpSetChanged("s:a", [], [new(IPNetwork.Parse("10.0.0.9/32"))])]).Refused.Should().BeEmpty("there is room now");
    }

    [Fact]
    public void Removal_leaves_what_is_of_others()
    {
        _node.Execute("iptables", "-A", "FORWARD", "-s", "192.0.2.0/24", "-j", "DROP");
        _node.Execute("ipset", "create", "other", "hash:ip");
        string before = Saved(_node);
        using IptablesBackend backend = IptablesBackend.Open(_node.Namespace);
        backend.Apply(EventsOf(new RandomCluster(9501).State()));

        backend.Remove();
        backend.Remove();

        Saved(_node).Should().Be(before);
    }

    [Fact]
    public void What_policies_deny_is_counted_by_pod()
    {
        using IptablesBackend backend = IptablesBackend.Open(_node.Namespace);
        _node.Execute("ip", "link", "add", "cali1", "type", "veth", "peer", "name", "open");
        _node.Execute("ip", "link", "set", "cali1", "up");
        _node.Execute("ip", "link", "set", "open", "up");
        _node.Execute("ip", "link", "set", "lo", "up");
        backend.Apply(Closed("10.0.0.5"));
        // Packets of the node itself meet no rule of ours but for this one.
        _node.Execute("iptables", "-A", "OUTPUT", "-d", "10.0.0.5", "-j", "cali-to-wl-dispatch");
        _node.Execute("ip", "addr", "add", "10.0.0.1/24", "dev", "cali1");
        _node.Namespace.Run(() =>
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            for (int i = 0; i < 3; i++)
            {
                Record.Exception(() => socket.SendTo([1], new IPEndPoint(IPAddress.Parse("10.0.0.5"), 9)));
            }
        });

        backend.ReadCounters().Should().Contain(new PolicyCounter(ResourceKey.Pod("x", "a"), PolicyDirections.Ingress, 0, 3));
    }

    /// <summary>A pod that a policy closes but for the members of a set.</summary>
    private static ImmutableArray<PolicyEvent> Closed(string address)
    {
        ResourceKey policy = new(ResourceKind.GlobalNetworkPolicy, null, "closed");
        return
        [
            new IpSetUpdated("s:a", IpSetKind.Networks, [new(IPNetwork.Parse("10.0.0.9/32"))]),
            new PolicyUpdated(new(policy, "default", [new(0, RuleAction.Allow) { Source = new() { Set = "s:a" } }], [])),
            new EndpointUpdated(new(ResourceKey.Pod("x", "a"), "cali1", [IPAddress.Parse(address)], [], [new("default", RuleAction.Deny, [policy], [])])),
        ];
    }

    private static ImmutableArray<PolicyEvent> EventsOf(List<Resource> state)
    {
        PolicyCalculator calculator = new(RandomCluster.Node);
        state.ForEach(calculator.Apply);
        return calculator.Flush();
    }

    /// <summary>What the programs make of the whole text where there was nothing.</summary>
    private static string Fresh(ImmutableArray<PolicyEvent> events)
    {
        using PolicyNode fresh = new();
        IptablesRenderer renderer = new();
        renderer.Apply(events);
        foreach (IpVersion version in new[] { IpVersion.V4, IpVersion.V6 })
        {
            IptablesRuleset ruleset = renderer.RulesetOf(version);
            Commands.Run(fresh.Namespace, "ipset", ["restore"], ruleset.IpsetText());
            Commands.Run(fresh.Namespace, version is IpVersion.V4 ? "iptables-restore" : "ip6tables-restore", ["--noflush"], ruleset.RestoreText());
        }

        return Saved(fresh);
    }

    /// <summary>Rules and sets without what differs from run to run, the chains in the order of their names.</summary>
    private static string Saved(PolicyNode node)
    {
        string rules = string.Concat(new[] { "iptables-save", "ip6tables-save" }.SelectMany(save => new[] { "filter", "raw" }.Select(table => node.Execute(save, "-t", table))));
        IEnumerable<string> lines = rules.Split('\n').Where(line => line.StartsWith('-') || line.StartsWith(":cali", StringComparison.Ordinal)).OrderBy(line => line.Split(' ', 3)[..2] is var words ? string.Join(' ', words) : line, StringComparer.Ordinal);
        IEnumerable<string> sets = node.Execute("ipset", "save").Split('\n').Select(line => Incidental().Replace(line, "")).Order(StringComparer.Ordinal);
        return string.Join('\n', lines.Concat(sets));
    }

    [GeneratedRegex(" hashsize [0-9]+| bucketsize [0-9]+| initval 0x[0-9a-f]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Incidental();
}
