using System.Net;

namespace Terway.Netlink.KernelTests;

public sealed class RuleKernelTests : IDisposable
{
    private readonly KernelNamespace _host = new();

    public void Dispose() => _host.Dispose();

    public static TheoryData<string> Rules => [.. All.Keys];

    private static Dictionary<string, RuleMessage> All { get; } = new(StringComparer.Ordinal)
    {
        ["to"] = new RuleMessage { Priority = 512, Destination = IPNetwork.Parse("10.0.0.5/32"), Table = RouteTable.Main },
        ["from"] = new RuleMessage { Priority = 2048, Source = IPNetwork.Parse("10.0.0.5/32"), Table = RouteTable.FromId(1002) },
        ["from6"] = new RuleMessage { Priority = 2048, Source = IPNetwork.Parse("fd00::5/128"), Table = RouteTable.FromId(1002) },
        ["mark"] = new RuleMessage { Priority = 600, Mark = 0, MarkMask = 0xff, InputInterface = "v1", Table = RouteTable.FromId(100) },
        ["everything"] = new RuleMessage
        {
            Priority = 700,
            Source = IPNetwork.Parse("10.1.0.0/16"),
            Destination = IPNetwork.Parse("10.2.0.0/16"),
            Tos = 0x10,
            Flags = RuleFlags.Invert,
            InputInterface = "lo",
            OutputInterface = "v9",
            Mark = 0x10,
            MarkMask = 0xf0,
            IpProtocol = 6,
            SourcePorts = new(1000, 2000),
            DestinationPorts = new(80, 80),
            UserIds = new(0, 99),
            SuppressPrefixLength = 8,
            SuppressInterfaceGroup = 3,
            Protocol = RouteProtocol.Static,
            Table = RouteTable.FromId(100),
        },
        ["prohibit6"] = new RuleMessage { Priority = 5, Family = IpFamily.IPv6, Action = RuleAction.Prohibit, OutputInterface = "v9" },
        ["goto"] = new RuleMessage { Priority = 6, Action = RuleAction.Goto, Goto = 32766 },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rule_is_read_back_as_it_was_added_and_deleted_as_it_was_read(string name)
    {
        var rule = All[name];
        _host.Netlink.Rules.Add(rule);

        var read = _host.Netlink.Rules.List(new RuleFilter { Family = rule.Family, Priority = rule.Priority }).Single();

        // The kernel adds what it knows: who made it, that a named link is missing, the whole mask; newer ones more.
        (read with
        {
            Protocol = rule.Protocol,
            Action = rule.Action,
            MarkMask = rule.MarkMask,
            Family = rule.Family,
            Unknown = rule.Unknown,
            Flags = read.Flags & RuleFlags.Invert,
        }).Should().Be(rule with { Family = rule.Family });
        _host.Netlink.Rules.Delete(read);
        _host.Netlink.Rules.List(new RuleFilter { Family = rule.Family, Priority = rule.Priority }).Should().BeEmpty();
        _host.Netlink.Rules.TryDelete(rule).Should().BeFalse();
    }

    [Fact]
    public void Rules_agree_with_ip()
    {
        foreach (var rule in All.Values)
            _host.Netlink.Rules.Add(rule);

        foreach (var family in (IpFamily[])[IpFamily.IPv4, IpFamily.IPv6])
        {
            var listed = _host.Netlink.Rules.List(new RuleFilter { Family = family });
            var shown = _host.Ip($"{(family == IpFamily.IPv6 ? "-6" : "-4")} rule show");
            shown.Should().HaveCount(listed.Count);
            foreach (var (rule, json) in listed.Zip(shown))
            {
                rule.Priority.ToString().Should().Be(json.Text("priority"));
                (rule.Source?.BaseAddress.ToString() ?? "all").Should().Be(json.Text("src"));
                rule.Destination?.BaseAddress.ToString().Should().Be(json.Text("dst"));
                rule.InputInterface.Should().Be(json.Text("iif"));
                rule.OutputInterface.Should().Be(json.Text("oif"));
                (rule.Mark is { } mark ? mark == 0 ? "0" : $"0x{mark:x}" : null).Should().Be(json.Text("fwmark"));
                (rule.Action == RuleAction.ToTable ? rule.Table.ToString() : null).Should().Be(json.Text("table"));
                rule.IpProtocol.Should().Be(json.Text("ipproto") is null ? null : (byte?)6);
            }
        }
    }

    [Fact]
    public void List_finds_the_rules_of_an_address()
    {
        foreach (var rule in All.Values)
            _host.Netlink.Rules.Add(rule);

        var from = _host.Netlink.Rules.List(new RuleFilter { Source = IPNetwork.Parse("10.0.0.5/32") });

        from.Should().ContainSingle().Which.Table.Should().Be(RouteTable.FromId(1002));
        _host.Netlink.Rules.List().Select(rule => rule.Family).Distinct().Should().Equal(IpFamily.IPv4, IpFamily.IPv6);
    }

    [Fact]
    public void Rule_that_is_there_already_is_refused_by_name()
    {
        _host.Netlink.Rules.Add(All["to"]);

        var twice = () => _host.Netlink.Rules.Add(All["to"]);

        twice.Should().Throw<NetlinkException>().Where(e => e.IsAlreadyExists)
            .WithMessage("add rule 512: from all to 10.0.0.5 lookup main: File exists");
    }

    [Fact]
    public void Host_bits_of_a_foreign_rule_do_no_harm()
    {
        _host.Execute("ip", "rule", "add", "priority", "900", "from", "10.1.2.3/16", "lookup", "100");

        _host.Netlink.Rules.List(new RuleFilter { Priority = 900 }).Single().Source.Should().Be(IPNetwork.Parse("10.1.0.0/16"));
    }
}
