using System.Net;
using Terway.Policy.Calculation;

namespace Terway.Policy.Iptables;

public sealed class IptablesRendererTests
{
    private static readonly ResourceKey Policy = new(ResourceKind.GlobalNetworkPolicy, null, "p");

    [Fact]
    public void Rule_of_a_kubernetes_policy_reads_as_felix_writes_it()
    {
        IptablesRenderer renderer = Rendered(
            new Namespace { Name = "prod" },
            Pod("web", "10.0.0.5"),
            new KubernetesNetworkPolicy
            {
                Name = "allow-web",
                Namespace = "prod",
                Ingress =
                [
                    new()
                    {
                        Ports = [new(IpProtocol.Tcp, PortMatch.Number(80, 80))],
                        Peers = [new() { PodSelector = new() { MatchLabels = LabelSet.Of(("app", "web")) } }],
                    },
                ],
            });

        string[] lines = LinesOf(renderer, "cali-pi-_C91fLzb1iw1DV06t-5a");

        lines.Should().Equal(
            "-A cali-pi-_C91fLzb1iw1DV06t-5a -m comment --comment \"cali:-btPacLuPiThOYFv\" -m comment --comment \"Policy prod/knp.default.allow-web ingress\" -p tcp -m set --match-set cali40s:lgQ0i7EXRxuqdfcSKmyEYAU src -m multiport --destination-ports 80 --jump MARK --set-mark 0x10000/0x10000",
            "-A cali-pi-_C91fLzb1iw1DV06t-5a -m comment --comment \"cali:Dkr2MWrgtRshXUE4\" -m mark --mark 0x10000/0x10000 --jump RETURN");
    }

    [Fact]
    public void Endpoint_asks_its_tiers_and_then_its_profiles()
    {
        IptablesRenderer renderer = Rendered(new Namespace { Name = "prod" }, Pod("web", "10.0.0.5"), new KubernetesNetworkPolicy { Name = "closed", Namespace = "prod" });
        string link = LinkOf("web");

        TextsOf(renderer, $"cali-tw-{link}").Should().Equal(
            "-m conntrack --ctstate RELATED,ESTABLISHED --jump ACCEPT",
            "-m conntrack --ctstate INVALID --jump DROP",
            "--jump MARK --set-mark 0/0x10000",
            "-m comment --comment \"Start of policies\" --jump MARK --set-mark 0/0x20000",
            $"-m mark --mark 0/0x20000 --jump {renderer.RulesetOf(IpVersion.V4).Chains.Single(c => c.Name.StartsWith("cali-pi-", StringComparison.Ordinal)).Name}",
            "-m comment --comment \"Return if policy accepted\" -m mark --mark 0x10000/0x10000 --jump RETURN",
            "-m comment --comment \"Drop if no policies passed packet\" -m mark --mark 0/0x20000 --jump DROP",
            "--jump cali-pri-kns.prod",
            "-m comment --comment \"Return if profile accepted\" -m mark --mark 0x10000/0x10000 --jump RETURN",
            "-m comment --comment \"Drop if no profiles matched\" --jump DROP");
        TextsOf(renderer, $"cali-fw-{link}").Should().NotContain(text => text.Contains("policies", StringComparison.Ordinal), "the policy is for ingress only");
        TextsOf(renderer, "cali-pri-kns.prod").Should().Equal(
            "-m comment --comment \"Profile kns.prod ingress\" --jump MARK --set-mark 0x10000/0x10000", "-m mark --mark 0x10000/0x10000 --jump RETURN");
    }

    [Fact]
    public void Third_part_of_a_condition_is_asked_like_the_others()
    {
        ActiveRule rule = new(0, RuleAction.Allow)
        {
            Protocol = IpProtocol.Tcp,
            Source = new() { Nets = [Net("10.0.0.0/24"), Net("10.0.1.0/24")] },
            Destination = new() { Nets = [Net("10.1.0.0/24"), Net("10.1.1.0/24")], Ports = [.. Enumerable.Range(1, 16).Select(i => new PortRange((ushort)(i * 10), (ushort)(i * 10)))] },
        };

        TextsOf(rule).Should().Equal(
            "--jump MARK --set-mark 0/0xc0000",
            "-p tcp -m multiport --destination-ports 10,20,30,40,50,60,70,80,90,100,110,120,130,140,150 --jump MARK --set-mark 0x40000/0x40000",
            "-p tcp -m multiport --destination-ports 160 --jump MARK --set-mark 0x40000/0x40000",
            "--jump MARK --set-mark 0/0x80000",
            "--source 10.0.0.0/24 --jump MARK --set-mark 0x80000/0x80000",
            "--source 10.0.1.0/24 --jump MARK --set-mark 0x80000/0x80000",
            "-m mark --mark 0/0x80000 --jump MARK --set-mark 0/0x40000",
            "--jump MARK --set-mark 0/0x80000",
            "--destination 10.1.0.0/24 --jump MARK --set-mark 0x80000/0x80000",
            "--destination 10.1.1.0/24 --jump MARK --set-mark 0x80000/0x80000",
            "-m mark --mark 0/0x80000 --jump MARK --set-mark 0/0x40000",
            "-p tcp -m mark --mark 0x40000/0x40000 --jump MARK --set-mark 0x10000/0x10000",
            "-m mark --mark 0x10000/0x10000 --jump RETURN");
    }

    [Fact]
    public void Negated_criteria_follow_the_others()
    {
        ActiveRule rule = new(0, RuleAction.Deny)
        {
            Protocol = IpProtocol.Udp,
            Source = new() { Nets = [Net("10.0.0.0/8")], NotNets = [Net("10.9.0.0/16")], NotSet = "s:a", NotPorts = [new(1, 9)] },
            Destination = new() { NotNets = [Net("10.2.0.0/16")], Set = "s:b", PortSets = ["n:c"], NotPortSets = ["n:d"] },
        };

        TextsOf(rule).Should().Equal(
            "--jump MARK --set-mark 0x40000/0xc0000",
            "--source 10.9.0.0/16 --jump MARK --set-mark 0/0x40000",
            "-p udp --source 10.0.0.0/8 -m set --match-set cali40s:b dst -m set --match-set cali40n:c dst,dst -m set ! --match-set cali40s:a src -m multiport ! --source-ports 1:9 ! --destination 10.2.0.0/16 -m set ! --match-set cali40n:d dst,dst -m mark --mark 0x40000/0x40000 --jump DROP");
    }

    [Theory]
    [InlineData(IpVersion.V4, "-p icmp -m icmp --icmp-type 8/0 --jump DROP")]
    [InlineData(IpVersion.V6, null)]
    public void Icmp_is_of_one_version(IpVersion version, string? text) =>
        TextsOf(new ActiveRule(0, RuleAction.Deny) { Protocol = IpProtocol.Icmp, Icmp = new(8, 0) }, version).Should().Equal(text is null ? [""] : [text]);

    [Fact]
    public void Rule_for_blocks_of_the_other_version_is_left_out() =>
        TextsOf(new ActiveRule(0, RuleAction.Deny) { Source = new() { NotNets = [Net("fd00::/8")] } }).Should().Equal("");

    [Fact]
    public void Links_are_found_by_the_character_after_what_all_begin_with()
    {
        IptablesRenderer renderer = new();
        string[] links = ["cali0a", "cali0b", "cali1c"];
        renderer.Apply(links.Select((link, i) => (PolicyEvent)new EndpointUpdated(new(ResourceKey.Pod("x", $"p{i}"), link, [IPAddress.Parse($"10.0.0.{i}")], [], []))));

        TextsOf(renderer, "cali-from-wl-dispatch").Should().Equal(
            "--in-interface cali0+ --goto cali-from-wl-dispatch-0", "--in-interface cali1c --goto cali-fw-cali1c", "-m comment --comment \"Unknown interface\" --jump DROP");
        TextsOf(renderer, "cali-to-wl-dispatch-0").Should().Equal(
            "--out-interface cali0a --goto cali-tw-cali0a", "--out-interface cali0b --goto cali-tw-cali0b", "-m comment --comment \"Unknown interface\" --jump DROP");
    }

    [Fact]
    public void Change_by_change_it_gets_where_a_fresh_start_gets()
    {
        for (int seed = 6000; seed < 6060; seed++)
        {
            RandomCluster random = new(seed);
            PolicyCalculator calculator = new(RandomCluster.Node);
            IptablesRenderer renderer = new();
            Dictionary<string, IptablesChain> chains = new(StringComparer.Ordinal);
            Dictionary<string, HashSet<string>> sets = new(StringComparer.Ordinal);
            List<Resource> former = [];
            for (int step = 0; step < 4; step++)
            {
                List<Resource> state = random.State();
                foreach (Resource gone in former.Where(f => state.TrueForAll(s => s.Key != f.Key)))
                {
                    calculator.Remove(gone.Key);
                }

                state.ForEach(calculator.Apply);
                former = state;
                Follow(renderer.Apply(calculator.Flush()).V6, chains, sets);

                PolicyCalculator again = new(RandomCluster.Node);
                state.ForEach(again.Apply);
                IptablesRenderer fresh = new();
                fresh.Apply(again.Flush());
                IptablesRuleset wanted = fresh.RulesetOf(IpVersion.V6);

                renderer.RulesetOf(IpVersion.V6).ToString().Should().Be(wanted.ToString(), $"seed {seed}, step {step}");
                chains.Values.OrderBy(c => c.Name, StringComparer.Ordinal).Should().Equal(wanted.Chains, $"seed {seed}, step {step}: the changes say the same");
                sets.Should().HaveCount(wanted.Sets.Length);
                foreach (IpsetContent set in wanted.Sets)
                {
                    sets[set.Name].SetEquals(set.Members).Should().BeTrue($"seed {seed}, step {step}, {set.Name}");
                }
            }
        }
    }

    [Fact]
    public void Mask_with_too_few_bits_is_refused()
    {
        Func<IptablesRenderer> make = () => new IptablesRenderer(new() { MarkMask = 0x70000 });

        make.Should().Throw<ArgumentException>().WithMessage("*0x70000 has 3 bits*");
    }

    [Fact]
    public void Marks_are_the_lowest_bits_of_the_mask()
    {
        IptablesRenderer renderer = new(new() { MarkMask = 0x0f0000f0 });

        renderer.Apply([]);

        TextsOf(renderer, "cali-FORWARD")[0].Should().Be("--jump MARK --set-mark 0/0xf0");
    }

    private static void Follow(IptablesChange change, Dictionary<string, IptablesChain> chains, Dictionary<string, HashSet<string>> sets)
    {
        foreach (IpsetContent set in change.PutSets)
        {
            sets.Add(set.Name, [.. set.Members]);
        }

        foreach (IpsetChange set in change.ChangedSets)
        {
            set.Added.All(sets[set.Name].Add).Should().BeTrue();
            set.Removed.All(sets[set.Name].Remove).Should().BeTrue();
        }

        foreach (IptablesChain chain in change.PutChains)
        {
            chains[chain.Name] = chain;
        }

        change.RemovedChains.All(chains.Remove).Should().BeTrue();
        change.RemovedSets.All(sets.Remove).Should().BeTrue();
    }

    private static IPNetwork Net(string text) => IPNetwork.Parse(text);

    private static Pod Pod(string name, string address) => new() { Name = name, Namespace = "prod", Node = "here", Addresses = [IPAddress.Parse(address)] };

    private static string LinkOf(string name)
    {
        PolicyCalculator calculator = new("here");
        calculator.Apply(Pod(name, "10.0.0.5"));
        return calculator.Flush().OfType<EndpointUpdated>().Single().Endpoint.InterfaceName;
    }

    private static IptablesRenderer Rendered(params Resource[] resources)
    {
        PolicyCalculator calculator = new("here");
        foreach (Resource resource in resources)
        {
            calculator.Apply(resource);
        }

        IptablesRenderer renderer = new();
        renderer.Apply(calculator.Flush());
        return renderer;
    }

    /// <summary>The rules of a policy of one rule, without its comment.</summary>
    private static string[] TextsOf(ActiveRule rule, IpVersion version = IpVersion.V4)
    {
        IptablesRenderer renderer = new();
        renderer.Apply(
        [
            new PolicyUpdated(new(Policy, "default", [rule], [])),
            new EndpointUpdated(new(ResourceKey.Pod("x", "a"), "cali1", [], [], [new("default", RuleAction.Deny, [Policy], [])])),
        ]);
        return [.. renderer.FindChain(version, "cali-pi-p")!.Rules.Select(r => r.Text)];
    }

    private static string[] TextsOf(IptablesRenderer renderer, string chain) =>
        [.. renderer.FindChain(IpVersion.V4, chain)!.Rules.Select(r => r.Comment is null ? r.Text : $"-m comment --comment \"{r.Comment}\" {r.Text}")];

    private static string[] LinesOf(IptablesRenderer renderer, string chain) => [.. renderer.FindChain(IpVersion.V4, chain)!.Lines()];
}
