using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace Terway.Netlink.Tests;

public sealed class ValueTests
{
    [Fact]
    public void Mac_address_is_read_as_it_is_written() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte>().Generator.ArrayOf(MacAddress.Length).ToArbitrary(), bytes =>
        {
            var mac = new MacAddress(bytes);
            var copy = new byte[MacAddress.Length];
            mac.CopyTo(copy);
            return MacAddress.Parse(mac.ToString()) == mac && copy.AsSpan().SequenceEqual(bytes);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("02:00:00:00:00")]
    [InlineData("02:00:00:00:00:0g")]
    [InlineData("02:00:00:00:00:01:02")]
    [InlineData("0200.0000.0001")]
    [InlineData("02 00:00:00:00:01")]
    [InlineData("")]
    [InlineData(null)]
    public void Text_that_is_no_mac_address_is_refused(string? text) => MacAddress.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void Mac_address_is_read_in_every_usual_form()
    {
        MacAddress.Parse("00:16:3E:01:02:03").ToString().Should().Be("00:16:3e:01:02:03");
        MacAddress.Parse("00-16-3e-01-02-03").Should().Be(MacAddress.Parse("00:16:3e:01:02:03"));
        MacAddress.Parse("01:00:5e:00:00:01").IsMulticast.Should().BeTrue();
        MacAddress.Parse("00:16:3e:01:02:03").IsMulticast.Should().BeFalse();
    }

    [Theory]
    [InlineData("10.0.3.5/24", "10.0.3.0/24")]
    [InlineData("10.0.3.5/0", "0.0.0.0/0")]
    [InlineData("10.0.3.5/32", "10.0.3.5/32")]
    [InlineData("10.0.3.255/25", "10.0.3.128/25")]
    [InlineData("fd00::5:1/112", "fd00::5:0/112")]
    [InlineData("fd00::5/128", "fd00::5/128")]
    public void Interface_address_knows_its_network(string text, string network)
    {
        var address = InterfaceAddress.Parse(text);

        address.ToString().Should().Be(text);
        address.Network.Should().Be(IPNetwork.Parse(network));
    }

    [Theory]
    [InlineData("10.0.3.5/33")]
    [InlineData("fd00::/129")]
    [InlineData("10.0.3.5/-1")]
    [InlineData("10.0.3.5/")]
    [InlineData("pod/24")]
    [InlineData("10/8")]
    [InlineData("010.0.3.5/24")]
    [InlineData("0x0a.0.3.5")]
    [InlineData(null)]
    public void Text_that_is_no_interface_address_is_refused(string? text) => InterfaceAddress.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void Address_without_length_stands_alone()
    {
        InterfaceAddress.Parse("10.0.0.5").Should().Be(InterfaceAddress.Host(IPAddress.Parse("10.0.0.5")));
        InterfaceAddress.Parse("fd00::5").PrefixLength.Should().Be(128);
    }

    [Theory]
    [InlineData("eth0", true)]
    [InlineData("cali0123456789a", true)]
    [InlineData("eth0.101", true)]
    [InlineData("cali0123456789ab", false)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    [InlineData("a:b", false)]
    [InlineData("a b", false)]
    [InlineData("eth%d", false)]
    [InlineData("äöüäöüäö", false)]
    public void Interface_name_is_valid_as_the_kernel_says(string name, bool valid) => InterfaceName.IsValid(name).Should().Be(valid);

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void Next_hop_weight_outside_a_byte_is_refused(int weight)
    {
        var make = () => new NextHop { Weight = weight };

        make.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData("net.ipv4.ip_forward", "net/ipv4/ip_forward")]
    [InlineData("net/ipv4/conf/eth0.101/rp_filter", "net/ipv4/conf/eth0.101/rp_filter")]
    public void Sysctl_key_is_read_in_both_forms(string text, string path) => SysctlKey.Parse(text).ToString().Should().Be(path);

    [Theory]
    [InlineData("net/../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("net..ipv4")]
    [InlineData("net/ipv4/")]
    public void Sysctl_key_that_leaves_its_folder_is_refused(string text)
    {
        var parse = () => SysctlKey.Parse(text);

        parse.Should().Throw<FormatException>();
    }

    [Fact]
    public void Sysctl_key_of_a_hostile_link_is_refused()
    {
        var key = () => SysctlKey.IPv4Conf("../all", "forwarding");

        key.Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(125_000, 3000, 375_000, 6125)]
    [InlineData(12_500_000, 12_500, 15_625, 325_000)]
    public void Token_bucket_has_terways_numbers(ulong rate, uint burst, uint buffer, uint limit)
    {
        var clock = TcClock.Parse("000003e8 00000040 000f4240 3b9aca00\n");

        var bucket = TbfQdisc.ForRate(rate, burst, TimeSpan.FromMilliseconds(25), clock);

        clock.Should().Be(TcClock.Default);
        (bucket.Buffer, bucket.Limit).Should().Be((buffer, limit));
    }

    [Theory]
    [InlineData("")]
    [InlineData("000003e8 00000040")]
    [InlineData("000003e8 00000000 000f4240 3b9aca00")]
    public void Text_that_is_no_clock_is_refused(string text)
    {
        var parse = () => TcClock.Parse(text);

        parse.Should().Throw<FormatException>();
    }

    [Fact]
    public void U32_keys_cover_a_prefix()
    {
        U32Key.FromSource(IPNetwork.Parse("10.0.0.5/32")).Should().Equal(new U32Key(uint.MaxValue, 0x0a000005, 12));
        U32Key.FromDestination(IPNetwork.Parse("10.8.0.0/13")).Should().Equal(new U32Key(0xfff80000, 0x0a080000, 16));
        U32Key.FromSource(IPNetwork.Parse("fd00:1:2::/48")).Should().Equal(
            new U32Key(uint.MaxValue, 0xfd000001, 8), new U32Key(0xffff0000, 0x00020000, 12));
        U32Key.FromSource(IPNetwork.Parse("fd00::5/128")).Should().HaveCount(4);
        U32Key.FromSource(IPNetwork.Parse("0.0.0.0/0")).Should().BeEmpty();
    }

    [Fact]
    public void Handles_and_tables_are_written_as_tc_and_ip_write_them()
    {
        TcHandle.Root.ToString().Should().Be("root");
        TcHandle.Of(1).ToString().Should().Be("1:");
        TcHandle.Of(0x10, 0xa).ToString().Should().Be("10:a");
        RouteTable.Main.ToString().Should().Be("main");
        RouteTable.FromId(1002).ToString().Should().Be("1002");
    }

    [Fact]
    public void Records_that_hold_lists_compare_by_value()
    {
        var one = new LinkMessage { Name = "a", AlternativeNames = ["b", "c"] };

        one.Should().Be(new LinkMessage { Name = "a", AlternativeNames = ["b", "c"] });
        one.Should().NotBe(new LinkMessage { Name = "a", AlternativeNames = ["c", "b"] });
        new RouteMessage().Should().Be(new RouteMessage { NextHops = [] });
    }
}
