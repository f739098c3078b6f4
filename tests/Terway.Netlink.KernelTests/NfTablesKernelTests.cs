using System.Net;

namespace Terway.Netlink.KernelTests;

public sealed class NfTablesKernelTests : IDisposable
{
    private readonly NftRuleset _ruleset = new();

    public void Dispose() => _ruleset.Dispose();

    [Fact]
    public void Chains_and_their_hooks_are_what_nft_lists()
    {
        _ruleset.Commit(t =>
        {
            t.Chains.Add(new NftChain
            {
                Key = _ruleset.Chain("forward"),
                Base = new NftBaseChain { Hook = NftHook.Forward, Priority = -5, Policy = NftChainPolicy.Drop },
                Comment = "what passes through",
            });
            t.Chains.Add(_ruleset.Chain("default/web"));
        });

        var listed = _ruleset.Nft("chain");
        listed.Select(chain => (chain.Text("name"), chain.Text("hook"), chain.Text("prio"), chain.Text("policy"))).Should().Equal(
            ("forward", "forward", "-5", "drop"), ("default/web", null, null, null));
        var chains = _ruleset.NfTables.ListChains(_ruleset.Key);
        chains.Select(chain => chain.Key.Name).Should().Equal("forward", "default/web");
        chains[0].Base.Should().Be(new NftBaseChain { Hook = NftHook.Forward, Priority = -5, Policy = NftChainPolicy.Drop });
        chains[0].Comment.Should().Be("what passes through");
        chains[1].Base.Should().BeNull();
        chains.Select(chain => chain.Handle.ToString()).Should().Equal(listed.Select(chain => chain.Text("handle")));
    }

    [Fact]
    public void Every_expression_means_to_nft_what_its_name_says()
    {
        var address = NftData.Address(IPAddress.Parse("10.1.2.3"));
        (string Text, NftExpression[] Expressions)[] cases =
        [
            ("meta mark & 0x00ff0000 == 0x00010000",
                [NftMeta.Load(NftMetaKey.Mark), NftBitwise.And(NftData.HostOrder(0xff0000)), NftCompare.Equal(NftData.HostOrder(0x10000))]),
            ("meta mark set meta mark & 0xfffeffff ^ 0x00020000",
                [NftMeta.Load(NftMetaKey.Mark), NftBitwise.And(NftData.HostOrder(0xfffeffff), NftData.HostOrder(0x20000)), NftMeta.Set(NftMetaKey.Mark)]),
            ("iifname \"cali*\"", [NftMeta.Load(NftMetaKey.InputName), NftCompare.Equal(NftData.InterfacePrefix("cali"))]),
            ("oifname != \"eth0\"", [NftMeta.Load(NftMetaKey.OutputName), NftCompare.NotEqual(NftData.InterfaceName("eth0"))]),
            ("ip saddr 10.1.2.3", [Family(NftFamily.IPv4), Compare, NftPayload.IPv4Source(), NftCompare.Equal(address)]),
            ("ip6 daddr != fd00::1",
                [Family(NftFamily.IPv6), CompareV6, NftPayload.IPv6Destination(), NftCompare.NotEqual(NftData.Address(IPAddress.Parse("fd00::1")))]),
            ("ip daddr 10.0.0.0/12",
            [
                Family(NftFamily.IPv4), Compare, NftPayload.IPv4Destination(), NftBitwise.And(NftData.NetworkOrder(0xfff00000)),
                NftCompare.Equal(NftData.Address(IPAddress.Parse("10.0.0.0"))),
            ]),
            ("tcp dport 8000-9000",
            [
                NftMeta.Load(NftMetaKey.TransportProtocol), NftCompare.Equal(NftData.Byte(6)), NftPayload.DestinationPort(),
                new NftRange { From = NftData.NetworkOrder((ushort)8000), To = NftData.NetworkOrder((ushort)9000) },
            ]),
            ("udp sport != 53",
            [
                NftMeta.Load(NftMetaKey.TransportProtocol), NftCompare.Equal(NftData.Byte(17)), NftPayload.SourcePort(),
                NftCompare.NotEqual(NftData.NetworkOrder((ushort)53)),
            ]),
            ("ct state established,related",
            [
                NftConntrack.Load(NftConntrackKey.State),
                NftBitwise.And(NftData.HostOrder((uint)(NftConntrackStates.Established | NftConntrackStates.Related))),
                NftCompare.NotEqual(NftData.HostOrder(0)),
            ]),
            ("ct direction reply", [NftConntrack.Load(NftConntrackKey.Direction), NftCompare.Equal(NftData.Byte(1))]),
            ("ct mark set 0x00000007", [NftImmediate.Of(NftData.HostOrder(7)), NftConntrack.Set(NftConntrackKey.Mark)]),
            ("counter packets 3 bytes 180", [new NftCounter { Packets = 3, Bytes = 180 }]),
            ("limit rate 10/minute burst 7 packets", [new NftLimit { Rate = 10, UnitSeconds = 60, Burst = 7 }]),
            ("limit rate over 100/second", [new NftLimit { Rate = 100, Invert = true, Burst = 5 }]),
            ("log prefix \"denied: \" group 5 snaplen 128", [new NftLog { Prefix = "denied: ", Group = 5, SnapLength = 128 }]),
            ("log prefix \"x\" level notice", [new NftLog { Prefix = "x", Level = 5 }]),
            ("fib saddr . iif oif 0",
            [
                new NftFib { Result = NftFibResult.OutputIndex, Flags = NftFibFlags.Source | NftFibFlags.InputInterface },
                NftCompare.Equal(NftData.HostOrder(0)),
            ]),
            ("fib daddr type local",
                [new NftFib { Result = NftFibResult.AddressType, Flags = NftFibFlags.Destination }, NftCompare.Equal(NftData.HostOrder(2))]),
            ("accept", [NftImmediate.Of(NftVerdict.Accept)]),
            ("drop", [NftImmediate.Of(NftVerdict.Drop)]),
            ("return", [NftImmediate.Of(NftVerdict.Return)]),
            ("jump other", [NftImmediate.Of(NftVerdict.Jump("other"))]),
            ("goto other", [NftImmediate.Of(NftVerdict.Goto("other"))]),
            ("reject with icmpx admin-prohibited", [new NftReject { Type = NftRejectType.IcmpxUnreachable, Code = 3 }]),
            ("notrack", [NftOtherExpression.NoTrack]),
        ];
        _ruleset.Commit(t =>
        {
            t.Chains.Add(new NftChain { Key = _ruleset.Chain("rules"), Base = new NftBaseChain { Hook = NftHook.Prerouting, Priority = -300 } });
            t.Chains.Add(_ruleset.Chain("other"));
            foreach (var (_, expressions) in cases.Where(c => !c.Text.StartsWith("reject", StringComparison.Ordinal)))
                t.Rules.Add(new NftRule { Chain = _ruleset.Chain("rules"), Expressions = [.. expressions] });
            // An answer is only possible where there is a route.
            t.Chains.Add(_ruleset.Chain("rejecting"));
            t.Rules.Add(new NftRule { Chain = _ruleset.Chain("rejecting"), Expressions = [.. cases.Single(c => c.Text.StartsWith("reject", StringComparison.Ordinal)).Expressions] });
        });

        _ruleset.NftRules("rules").Skip(1).Concat(_ruleset.NftRules("rejecting")).Should().Equal(
            cases.Select(c => c.Text).Where(t => !t.StartsWith("reject", StringComparison.Ordinal))
                .Concat(cases.Select(c => c.Text).Where(t => t.StartsWith("reject", StringComparison.Ordinal))));
        var read = _ruleset.NfTables.ListRules(_ruleset.Key);
        var again = new NftRuleset();
        using (again)
        {
            again.Commit(t =>
            {
                t.Chains.Add(new NftChain { Key = again.Chain("rules"), Base = new NftBaseChain { Hook = NftHook.Prerouting, Priority = -300 } });
                t.Chains.Add(again.Chain("other"));
                t.Chains.Add(again.Chain("rejecting"));
                foreach (var rule in read)
                    t.Rules.Add(rule);
            });
            again.NftRules("rules").Should().Equal(_ruleset.NftRules("rules"), "what was read can be added");
            again.NfTables.ListRules(again.Key).Select(rule => rule.Expressions).Should().Equal(read.Select(rule => rule.Expressions));
        }
    }

    [Fact]
    public void Rules_are_added_inserted_replaced_and_deleted_by_their_handle()
    {
        var chain = _ruleset.Chain("c");
        NftRule Rule(string comment) => new() { Chain = chain, Comment = comment, Expressions = [new NftCounter()] };
        _ruleset.Commit(t =>
        {
            t.Chains.Add(chain);
            t.Rules.Add(Rule("b"));
            t.Rules.Add(Rule("e"));
            t.Rules.Insert(Rule("a"));
        });
        var rules = _ruleset.NfTables.ListRules(chain);
        rules.Select(rule => rule.Comment).Should().Equal("a", "b", "e");

        _ruleset.Commit(t =>
        {
            t.Rules.Add(Rule("c"), after: rules[1].Handle);
            t.Rules.Insert(Rule("d"), before: rules[2].Handle);
            t.Rules.Replace(rules[0] with { Comment = "A" });
            t.Rules.Delete(rules[1]);
        });

        _ruleset.NfTables.ListRules(chain).Select(rule => rule.Comment).Should().Equal("A", "c", "d", "e");
        _ruleset.Nft("rule").Select(rule => rule.Text("comment")).Should().Equal("A", "c", "d", "e");
        _ruleset.Commit(t => t.Chains.Flush(chain));
        _ruleset.NfTables.ListRules(chain).Should().BeEmpty();
        _ruleset.Commit(t => t.Chains.Delete(chain));
        _ruleset.NfTables.ListChains(_ruleset.Key).Should().BeEmpty();
    }

    [Fact]
    public void Counters_are_read_back()
    {
        _ruleset.Commit(t =>
        {
            t.Chains.Add(new NftChain { Key = _ruleset.Chain("out"), Base = new NftBaseChain { Hook = NftHook.Output } });
            t.Rules.Add(new NftRule { Chain = _ruleset.Chain("out"), Expressions = [new NftCounter(), NftImmediate.Of(NftVerdict.Drop)] });
        });
        _ruleset.Host.Netlink.Links.SetUp(IfIndex.Loopback);
        _ruleset.Host.Namespace.Run(() =>
        {
            using var socket = new System.Net.Sockets.UdpClient();
            for (var i = 0; i < 3; i++)
                Record.Exception(() => socket.Send(new byte[10], new IPEndPoint(IPAddress.Loopback, 9)));
        });

        var counter = _ruleset.NfTables.ListRules(_ruleset.Chain("out"))[0].Expressions.AsSpan()[0].Should().BeOfType<NftCounter>().Subject;

        counter.Packets.Should().Be(3);
        counter.Bytes.Should().Be(3 * (20 + 8 + 10));
    }

    [Fact]
    public void Table_is_found_listed_and_deleted_with_what_it_holds()
    {
        var other = new NftTableKey(NftFamily.IPv6, "other");
        _ruleset.Commit(t => t.Tables.Add(new NftTable { Key = other, Comment = "of another", Flags = NftTableFlags.Dormant }));

        _ruleset.NfTables.ListTables().Select(table => table.Key).Should().BeEquivalentTo([_ruleset.Key, other]);
        _ruleset.NfTables.ListTables(NftFamily.IPv6).Should().ContainSingle().Which.Should().Match<NftTable>(
            table => table.Comment == "of another" && table.Flags == NftTableFlags.Dormant && table.Handle != null);
        _ruleset.NfTables.FindTable(new(NftFamily.IPv4, "other")).Should().BeNull();
        _ruleset.NfTables.FindTable(other)!.Key.Should().Be(other);

        _ruleset.Commit(t => t.Tables.Delete(other));
        _ruleset.Nft("table").Select(table => table.Text("name")).Should().Equal("terway");
    }

    private static NftMeta Family(NftFamily family) => family is NftFamily.IPv4 or NftFamily.IPv6
        ? NftMeta.Load(NftMetaKey.Family)
        : throw new ArgumentOutOfRangeException(nameof(family));

    private static NftCompare Compare => NftCompare.Equal(NftData.Byte((byte)NftFamily.IPv4));

    private static NftCompare CompareV6 => NftCompare.Equal(NftData.Byte((byte)NftFamily.IPv6));
}
