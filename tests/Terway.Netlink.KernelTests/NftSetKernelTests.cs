using System.Net;
using System.Text.Json;

namespace Terway.Netlink.KernelTests;

public sealed class NftSetKernelTests : IDisposable
{
    private readonly NftRuleset _ruleset = new();

    public void Dispose() => _ruleset.Dispose();

    public static TheoryData<string> Kinds => ["addresses", "addresses6", "ports", "marks", "names", "concatenation", "intervals", "intervals6", "concatenated intervals", "verdicts", "timeouts"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Set_and_elements_are_what_nft_lists(string kind)
    {
        var (set, elements, type, listed) = Case(kind);
        _ruleset.Commit(t =>
        {
            t.Chains.Add(_ruleset.Chain("to-a"));
            t.Sets.Add(set);
            t.Elements.Add(set.Key, elements);
        });

        var nft = _ruleset.Nft(set.DataType is null ? "set" : "map").Should().ContainSingle().Subject;
        nft.Text("name").Should().Be(set.Key.Name);
        Compact(nft.GetProperty("type")).Should().Be(type);
        nft.GetProperty("elem").EnumerateArray().Select(Compact).Should().BeEquivalentTo(listed);
        var read = _ruleset.NfTables.ListSets(_ruleset.Key).Should().ContainSingle().Subject;
        (read.KeyType, read.KeyLength, read.Flags, read.Comment, read.Size).Should().Be((set.KeyType, set.KeyLength, set.Flags, set.Comment, set.Size));
        _ruleset.NfTables.ListElements(set.Key).Select(WithoutClock).Should().BeEquivalentTo(elements);

        _ruleset.Commit(t => t.Elements.Delete(set.Key, elements.AsSpan()[..^0]));
        _ruleset.NfTables.ListElements(set.Key).Should().BeEmpty();
        _ruleset.Commit(t =>
        {
            t.Elements.Add(set.Key, elements);
            t.Sets.Flush(set.Key);
        });
        _ruleset.NfTables.ListElements(set.Key).Should().BeEmpty();
        _ruleset.Commit(t => t.Sets.Delete(set.Key));
        _ruleset.NfTables.ListSets(_ruleset.Key).Should().BeEmpty();
    }

    [Fact]
    public void Elements_of_any_number_are_split_over_messages()
    {
        const int Members = 100_000;
        var set = new NftSet { Key = _ruleset.Set("many"), KeyType = NftDataType.IPv4Address };
        var members = Enumerable.Range(0, Members).Select(i => new NftElement(NftData.NetworkOrder(0x0A000000u + (uint)i))).ToArray();
        _ruleset.Commit(t =>
        {
            t.Sets.Add(set);
            t.Elements.Add(set.Key, members);
        });

        _ruleset.NfTables.ListElements(set.Key).Select(element => element.Key).ToHashSet().Should().HaveCount(Members);

        _ruleset.Commit(t => t.Elements.Delete(set.Key, members));
        _ruleset.NfTables.ListElements(set.Key).Should().BeEmpty();
    }

    [Fact]
    public void Rules_look_up_sets_with_and_without_a_name()
    {
        var ports = new NftSet
        {
            Key = new(_ruleset.Key, NftSetKey.Anonymous, Id: 7),
            KeyType = NftDataType.InetService,
            Flags = NftSetFlags.Anonymous | NftSetFlags.Constant,
        };
        var pods = new NftSet { Key = _ruleset.Set("pods"), KeyType = NftDataType.IPv4Address };
        var dispatch = new NftSet
        {
            Key = _ruleset.Set("dispatch"),
            KeyType = NftDataType.InterfaceName,
            DataType = NftDataType.Verdict,
            Flags = NftSetFlags.Map,
        };
        _ruleset.Commit(t =>
        {
            var chain = _ruleset.Chain("c");
            t.Chains.Add(chain);
            t.Sets.Add(ports);
            t.Elements.Add(ports.Key, [new(NftData.NetworkOrder((ushort)80)), new(NftData.NetworkOrder((ushort)443))]);
            t.Sets.Add(pods);
            t.Sets.Add(dispatch);
            t.Rules.Add(new NftRule
            {
                Chain = chain,
                Expressions =
                [
                    NftMeta.Load(NftMetaKey.TransportProtocol), NftCompare.Equal(NftData.Byte(6)),
                    NftPayload.DestinationPort(), NftLookup.In(ports.Key), NftImmediate.Of(NftVerdict.Accept),
                ],
            });
            t.Rules.Add(new NftRule
            {
                Chain = chain,
                Expressions =
                [
                    NftMeta.Load(NftMetaKey.Family), NftCompare.Equal(NftData.Byte((byte)NftFamily.IPv4)),
                    NftPayload.IPv4Source(), NftLookup.In(pods.Key, invert: true), NftImmediate.Of(NftVerdict.Drop),
                ],
            });
            t.Rules.Add(new NftRule { Chain = chain, Expressions = [NftMeta.Load(NftMetaKey.InputName), NftLookup.VerdictOf(dispatch.Key)] });
        });

        _ruleset.NftRules("c").Should().Equal("tcp dport { 80, 443 } accept", "ip saddr != @pods drop", "iifname vmap @dispatch");
    }

    [Fact]
    public void Interval_of_a_prefix_ends_where_the_next_begins()
    {
        static (string, NftElementFlags)[] Of(string prefix) =>
            [.. NftElement.Interval(IPNetwork.Parse(prefix)).Select(element => (new IPAddress(element.Key.Bytes).ToString(), element.Flags))];

        Of("10.0.0.0/8").Should().Equal(("10.0.0.0", NftElementFlags.None), ("11.0.0.0", NftElementFlags.IntervalEnd));
        Of("10.255.255.255/32").Should().Equal(("10.255.255.255", NftElementFlags.None), ("11.0.0.0", NftElementFlags.IntervalEnd));
        Of("255.255.255.0/24").Should().Equal(("255.255.255.0", NftElementFlags.None));
        Of("0.0.0.0/0").Should().Equal(("0.0.0.0", NftElementFlags.None));
        Of("fd00:ffff::/32").Should().Equal(("fd00:ffff::", NftElementFlags.None), ("fd01::", NftElementFlags.IntervalEnd));
    }

    private (NftSet Set, NftElement[] Elements, string Type, string[] Listed) Case(string kind)
    {
        var set = new NftSet { Key = _ruleset.Set("s"), KeyType = NftDataType.IPv4Address, Comment = "members" };
        return kind switch
        {
            "addresses" => (set with { Size = 1000 }, [new(Address("10.0.0.5")) { Comment = "a pod" }, new(Address("10.0.0.6"))], "ipv4_addr",
                ["{elem:{val:10.0.0.5,comment:a pod}}", "10.0.0.6"]),
            "addresses6" => (set with { KeyType = NftDataType.IPv6Address }, [new(Address("fd00::5"))], "ipv6_addr", ["fd00::5"]),
            "ports" => (set with { KeyType = NftDataType.InetService }, [new(NftData.NetworkOrder((ushort)8080))], "inet_service", ["8080"]),
            "marks" => (set with { KeyType = NftDataType.Mark }, [new(NftData.HostOrder(0x10000))], "mark", ["65536"]),
            "names" => (set with { KeyType = NftDataType.InterfaceName }, [new(NftData.InterfaceName("cali0"))], "ifname", ["cali0"]),
            "concatenation" => (set with { KeyType = Named }, [new(NftData.Concat(Address("10.0.0.5"), NftData.Byte(6), NftData.NetworkOrder((ushort)80)))],
                "[ipv4_addr,inet_proto,inet_service]", ["{concat:[10.0.0.5,tcp,80]}"]),
            "intervals" => (set with { Flags = NftSetFlags.Interval },
                [.. NftElement.Interval(IPNetwork.Parse("10.0.0.0/8")), .. NftElement.Interval(IPNetwork.Parse("11.0.0.0/30"))],
                "ipv4_addr", ["{prefix:{addr:10.0.0.0,len:8}}", "{prefix:{addr:11.0.0.0,len:30}}"]),
            "intervals6" => (set with { KeyType = NftDataType.IPv6Address, Flags = NftSetFlags.Interval },
                [.. NftElement.Interval(IPNetwork.Parse("fd00::/16"))], "ipv6_addr", ["{prefix:{addr:fd00::,len:16}}"]),
            "concatenated intervals" => (set with { KeyType = NftDataType.Concat(NftDataType.IPv4Address, NftDataType.InetService), Flags = NftSetFlags.Interval },
                [
                    new(NftData.Concat(Address("10.0.0.0"), NftData.NetworkOrder((ushort)80)))
                    {
                        KeyEnd = NftData.Concat(Address("10.0.0.255"), NftData.NetworkOrder((ushort)90)),
                    },
                ],
                "[ipv4_addr,inet_service]", ["{concat:[{prefix:{addr:10.0.0.0,len:24}},{range:[80,90]}]}"]),
            "verdicts" => (set with { KeyType = NftDataType.InterfaceName, DataType = NftDataType.Verdict, Flags = NftSetFlags.Map },
                [new(NftData.InterfaceName("cali0"), NftVerdict.Goto("to-a")), new(NftData.InterfaceName("cali1"), NftVerdict.Drop)],
                "ifname", ["[cali0,{goto:{target:to-a}}]", "[cali1,{drop:null}]"]),
            "timeouts" => (set with { Flags = NftSetFlags.Timeout, Timeout = TimeSpan.FromHours(10) }, [new(Address("10.0.0.7")) { Timeout = TimeSpan.FromHours(2) }],
                "ipv4_addr", ["{elem:{val:10.0.0.7,timeout:7200}}"]),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static NftDataType Named => NftDataType.Concat(NftDataType.IPv4Address, NftDataType.InetProtocol, NftDataType.InetService);

    private static NftData Address(string address) => NftData.Address(IPAddress.Parse(address));

    /// <summary>The time left runs; that there is some is all that can be said.</summary>
    private static NftElement WithoutClock(NftElement element)
    {
        (element.Expiration is null).Should().Be(element.Timeout is null);
        return element.Expiration is null ? element : element with { Expiration = null };
    }

    /// <summary>JSON without quotes and spaces, and without the time that is left.</summary>
    private static string Compact(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object =>
            $"{{{string.Join(',', element.EnumerateObject().Where(m => m.Name != "expires").Select(m => $"{m.Name}:{Compact(m.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Compact))}]",
        JsonValueKind.Null => "null",
        _ => element.ToString(),
    };
}
