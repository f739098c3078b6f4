using System.Net;
using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink.Tests.Captures;

/// <summary>Each change of a transaction must be the message that nft sends for it.</summary>
public sealed class NftCommandCaptureTests
{
    private static readonly NftTableKey Table = new(NftFamily.Inet, "t");
    private static readonly NftChainKey Web = new(Table, "web");

    private static readonly Dictionary<string, Action<NftTransaction>> Commands = new(StringComparer.Ordinal)
    {
        ["nft-table-add"] = t => t.Tables.Add(new NftTable { Key = Table, Comment = "of terway", Flags = NftTableFlags.None }),
        ["nft-table-create"] = t => t.Tables.Create(new NftTable { Key = new(NftFamily.IPv6, "u"), Flags = NftTableFlags.None }),
        ["nft-chain-add"] = t => t.Chains.Add(Web),
        ["nft-chain-create-base"] = t => t.Chains.Create(new NftChain
        {
            Key = new(Table, "pass"),
            Base = new NftBaseChain { Hook = NftHook.Forward, Priority = -5, Policy = NftChainPolicy.Drop },
            Comment = "what passes through",
        }),
        ["nft-set-addresses"] = t => t.Sets.Add(new NftSet { Key = Set("pods", 1), KeyType = NftDataType.IPv4Address, Size = 1000 }),
        ["nft-set-intervals"] = t => t.Sets.Add(new NftSet { Key = Set("nets", 1), KeyType = NftDataType.IPv6Address, Flags = NftSetFlags.Interval }),
        ["nft-set-named-ports"] = t => t.Sets.Add(new NftSet
        {
            Key = Set("ports", 1),
            KeyType = NftDataType.Concat(NftDataType.IPv4Address, NftDataType.InetProtocol, NftDataType.InetService),
        }),
        ["nft-set-concatenated-intervals"] = t => t.Sets.Add(new NftSet
        {
            Key = Set("areas", 1),
            KeyType = NftDataType.Concat(NftDataType.IPv4Address, NftDataType.InetService),
            Flags = NftSetFlags.Interval,
        }),
        ["nft-set-timeouts"] = t => t.Sets.Add(new NftSet
        {
            Key = Set("guests", 1),
            KeyType = NftDataType.Mark,
            Flags = NftSetFlags.Timeout,
            Timeout = TimeSpan.FromHours(1),
            GarbageCollectionInterval = TimeSpan.FromMinutes(10),
        }),
        ["nft-map-verdicts"] = t => t.Sets.Add(new NftSet
        {
            Key = Set("dispatch", 1),
            KeyType = NftDataType.InterfaceName,
            DataType = NftDataType.Verdict,
            DataLength = 0,
            Flags = NftSetFlags.Map,
        }),
        ["nft-map-data"] = t => t.Sets.Add(new NftSet
        {
            Key = Set("marks", 1),
            KeyType = NftDataType.InetService,
            DataType = NftDataType.Mark,
            Flags = NftSetFlags.Map,
        }),
        ["nft-element-add"] = t => t.Elements.Add(Set("pods", 1), [new(Address("10.0.0.5")) { Comment = "a pod" }, new(Address("10.0.0.6"))]),
        ["nft-element-create"] = t => t.Elements.Create(Set("pods", 1), [new(Address("10.0.0.7"))]),
        ["nft-element-interval"] = t => t.Elements.Add(
            Set("nets", 2), [NftElement.End(Address("::")), .. NftElement.Interval(IPNetwork.Parse("fd00::/16"))]),
        ["nft-element-named-port"] = t => t.Elements.Add(
            Set("ports", 3), new NftElement(NftData.Concat(Address("10.0.0.5"), NftData.Byte(6), Port(80)))),
        ["nft-element-concatenated-interval"] = t => t.Elements.Add(
            Set("areas", 4), new NftElement(NftData.Concat(Address("10.0.0.0"), Port(80))) { KeyEnd = NftData.Concat(Address("10.0.0.255"), Port(90)) }),
        ["nft-element-timeout"] = t => t.Elements.Add(Set("guests", 5), new NftElement(NftData.HostOrder(0x10000)) { Timeout = TimeSpan.FromHours(2) }),
        ["nft-element-verdict"] = t => t.Elements.Add(
            Set("dispatch", 6), [new(NftData.InterfaceName("cali0"), NftVerdict.Goto("web")), new(NftData.InterfaceName("cali1"), NftVerdict.Drop)]),
        ["nft-element-data"] = t => t.Elements.Add(Set("marks", 7), new NftElement(Port(80), NftData.HostOrder(0x10))),
        ["nft-rule-add"] = t => t.Rules.Add(Rule(
            "one", NftMeta.Load(NftMetaKey.InputName), NftCompare.Equal(NftData.InterfacePrefix("cali")), new NftCounter(), Accept)),
        ["nft-rule-insert"] = t => t.Rules.Insert(Rule(
            "two", NftMeta.Load(NftMetaKey.Mark), NftBitwise.And(NftData.HostOrder(0xff0000)) with { Operation = 0 }, NftCompare.Equal(NftData.HostOrder(0x10000)),
            NftImmediate.Of(NftVerdict.Drop))),
        ["nft-rule-address"] = t => t.Rules.Add(Rule(
            null, [.. Family(NftFamily.IPv4), NftPayload.IPv4Source(), NftCompare.Equal(Address("10.1.2.3")), NftImmediate.Of(NftVerdict.Jump("other"))])),
        ["nft-rule-address-v6"] = t => t.Rules.Add(Rule(
            null, [.. Family(NftFamily.IPv6), NftPayload.IPv6Destination(), NftCompare.NotEqual(Address("fd00::1")), NftImmediate.Of(NftVerdict.Jump("other"))])),
        ["nft-rule-prefix"] = t => t.Rules.Add(Rule(
            null,
            [
                .. Family(NftFamily.IPv4), NftPayload.IPv4Destination(), NftBitwise.And(NftData.NetworkOrder(0xfff00000)),
                NftCompare.Equal(Address("10.0.0.0")), NftImmediate.Of(NftVerdict.Return),
            ])),
        ["nft-rule-ports"] = t => t.Rules.Add(Rule(
            null,
            [
                .. Protocol(6), NftPayload.DestinationPort(),
                new NftCompare { Data = Port(8000), Comparison = NftComparison.GreaterOrEqual },
                new NftCompare { Data = Port(9000), Comparison = NftComparison.LessOrEqual },
                NftPayload.SourcePort(), NftCompare.NotEqual(Port(53)), NftImmediate.Of(NftVerdict.Goto("other")),
            ])),
        ["nft-rule-state"] = t => t.Rules.Add(Rule(
            null,
            NftConntrack.Load(NftConntrackKey.State),
            NftBitwise.And(NftData.HostOrder((uint)(NftConntrackStates.Established | NftConntrackStates.Related))),
            NftCompare.NotEqual(NftData.HostOrder(0)),
            NftConntrack.Load(NftConntrackKey.Direction),
            NftCompare.Equal(NftData.Byte(1)),
            Accept)),
        ["nft-rule-mark"] = t => t.Rules.Add(Rule(
            null,
            NftMeta.Load(NftMetaKey.Mark), NftBitwise.And(NftData.HostOrder(0xfffeffff), NftData.HostOrder(0x20000)) with { Operation = 0 },
            NftMeta.Set(NftMetaKey.Mark), NftImmediate.Of(NftData.HostOrder(7)), NftConntrack.Set(NftConntrackKey.Mark))),
        ["nft-rule-set"] = t => t.Rules.Add(Rule(null, [.. Family(NftFamily.IPv4), NftPayload.IPv4Source(), NftLookup.In(Set("pods", 1)), Accept])),
        ["nft-rule-set-inverted"] = t => t.Rules.Add(Rule(
            null, [.. Family(NftFamily.IPv6), NftPayload.IPv6Source(), NftLookup.In(Set("nets", 2), invert: true), Accept])),
        ["nft-rule-named-port"] = t => t.Rules.Add(Rule(
            null,
            [
                .. Family(NftFamily.IPv4), NftPayload.IPv4Destination(), NftMeta.Load(NftMetaKey.TransportProtocol, NftRegister.Word(1)),
                NftPayload.DestinationPort(NftRegister.Word(2)), NftLookup.In(Set("ports", 3)), Accept,
            ])),
        ["nft-rule-vmap"] = t => t.Rules.Add(Rule(null, NftMeta.Load(NftMetaKey.OutputName), NftLookup.VerdictOf(Set("dispatch", 6)))),
        ["nft-rule-anonymous"] = t =>
        {
            var ports = new NftSetKey(Table, NftSetKey.Anonymous, 8);
            t.Sets.Add(new NftSet { Key = ports, KeyType = NftDataType.InetService, Flags = NftSetFlags.Anonymous | NftSetFlags.Constant, Size = 2 });
            t.Elements.Add(ports, [new(Port(80)), new(Port(443))]);
            t.Rules.Add(Rule(null, [.. Protocol(6), NftPayload.DestinationPort(), NftLookup.In(ports), Accept]));
        },
        ["nft-rule-limit"] = t => t.Rules.Add(Rule(
            null,
            new NftLimit { Rate = 10, UnitSeconds = 60, Burst = 7, Type = 0, Invert = true },
            new NftLog { Prefix = "denied: ", Group = 5, SnapLength = 128 })),
        ["nft-rule-log"] = t => t.Rules.Add(Rule(
            null, new NftLimit { Rate = 100, Burst = 5, Type = 0, Invert = false }, new NftLog { Prefix = "x", Level = 5 })),
        ["nft-rule-fib"] = t => t.Rules.Add(new NftRule
        {
            Chain = new(Table, "raw"),
            Expressions =
            [
                new NftFib { Result = NftFibResult.OutputIndex, Flags = NftFibFlags.Source | NftFibFlags.InputInterface | NftFibFlags.Present },
                NftCompare.Equal(NftData.HostOrder(0)),
                new NftFib { Result = NftFibResult.AddressType, Flags = NftFibFlags.Destination },
                NftCompare.Equal(NftData.HostOrder(2)),
                NftOtherExpression.NoTrack,
            ],
        }),
        ["nft-rule-reject"] = t => t.Rules.Add(new NftRule
        {
            Chain = new(Table, "pass"),
            Expressions = [new NftReject { Type = NftRejectType.IcmpxUnreachable, Code = 3 }],
        }),
        ["nft-rule-delete"] = t => t.Rules.Delete(Web, HandleIn("nft-rule-delete")),
        ["nft-rule-replace"] = t => t.Rules.Replace(
            Rule("one", new NftCounter(), NftImmediate.Of(NftVerdict.Drop)) with { Handle = HandleIn("nft-rule-replace") }),
        ["nft-chain-flush"] = t => t.Chains.Flush(Web),
        ["nft-element-delete"] = t => t.Elements.Delete(Set("pods", null), new NftElement(Address("10.0.0.6"))),
        ["nft-set-flush"] = t => t.Sets.Flush(Set("pods", null)),
        ["nft-set-delete"] = t => t.Sets.Delete(Set("pods", null)),
        ["nft-table-flush"] = t => t.Tables.Flush(Table),
        ["nft-chain-delete"] = t => t.Chains.Delete(new NftChainKey(Table, "pass")),
        ["nft-table-delete"] = t => t.Tables.Delete(Table),
    };

    public static TheoryData<string> Names => [.. Commands.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Command_sends_what_nft_sends(string name)
    {
        var capture = Capture.Of(name);
        using var transport = new ScriptedTransport { Answer = sent => [ScriptedTransport.Ack(Messages(sent)[^2].Header.Sequence, 0)] };
        using var nftables = new NfTables(transport);
        var transaction = nftables.CreateTransaction();

        Commands[name](transaction);
        transaction.Commit().ThrowIfFailed();

        var ours = Messages(transport.Sent.Should().ContainSingle().Subject);
        ours[0].Header.Type.Should().Be(NetfilterConstants.NFNL_MSG_BATCH_BEGIN);
        ours[^1].Header.Type.Should().Be(NetfilterConstants.NFNL_MSG_BATCH_END);
        var theirs = capture.Requests.Select(request => (Header: Capture.HeaderOf(request), Body: request[NLMSG_HDRLEN..])).ToList();
        ours[1..^1].Select(message => (message.Header.Type, Flags: message.Header.Flags & ~NLM_F_ACK)).Should()
            .Equal(theirs.Select(message => (message.Header.Type, Flags: message.Header.Flags & ~NLM_F_ACK)));
        foreach (var (our, their) in ours[1..^1].Zip(theirs))
        {
            CanonicalMessage.Of(our.Header.Type, Normalized.Body(our.Header.Type, our.Body)).Should()
                .Be(CanonicalMessage.Of(their.Header.Type, Normalized.Body(their.Header.Type, their.Body)), $"that is what '{capture.Command}' sends");
        }
    }

    [Fact]
    public void Every_command_that_was_recorded_is_compared()
    {
        // These have expressions without a type here, or are questions; they are read and written back.
        string[] only = ["nft-rule-byteorder", "nft-rule-meter", "nft-list-ruleset", "nft-generation"];

        Capture.All.Select(capture => capture.Name).Where(name => name.StartsWith("nft-", StringComparison.Ordinal)).Except(only).Should()
            .BeEquivalentTo(Commands.Keys);
    }

    private static List<(NetlinkHeader Header, byte[] Body)> Messages(byte[] datagram)
    {
        var messages = new List<(NetlinkHeader, byte[])>();
        var reader = new NetlinkReader(datagram);
        while (reader.TryReadMessage(out var header, out var body))
            messages.Add((header, body.Rest.ToArray()));
        return messages;
    }

    /// <summary>The handle that the recorded command was given.</summary>
    private static ulong HandleIn(string name)
    {
        var reader = new NetlinkReader(Capture.Of(name).Requests[^1].AsSpan(NLMSG_HDRLEN + 4));
        reader.Find(NfTablesConstants.NFTA_RULE_HANDLE, out var handle).Should().BeTrue();
        return handle.ReadUInt64BigEndian();
    }

    private static NftImmediate Accept => NftImmediate.Of(NftVerdict.Accept);

    /// <summary>A set by the number that nft gave it.</summary>
    private static NftSetKey Set(string name, uint? id) => new(Table, name, id);

    private static NftData Address(string address) => NftData.Address(IPAddress.Parse(address));

    private static NftData Port(ushort port) => NftData.NetworkOrder(port);

    private static NftExpression[] Family(NftFamily family) => [NftMeta.Load(NftMetaKey.Family), NftCompare.Equal(NftData.Byte((byte)family))];

    private static NftExpression[] Protocol(byte protocol) =>
        [NftMeta.Load(NftMetaKey.TransportProtocol), NftCompare.Equal(NftData.Byte(protocol))];

    private static NftRule Rule(string? comment, params NftExpression[] expressions) =>
        new() { Chain = Web, Comment = comment, Expressions = [.. expressions] };
}
