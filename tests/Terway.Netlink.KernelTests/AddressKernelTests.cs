using System.Globalization;
using System.Net;

namespace Terway.Netlink.KernelTests;

public sealed class AddressKernelTests : IDisposable
{
    private readonly KernelNamespace _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Addresses_are_added_as_ip_shows_them()
    {
        var (link, _) = _host.AddVeth();
        var addresses = _host.Netlink.Addresses;

        addresses.Add(new AddressMessage { Interface = link, Address = InterfaceAddress.Parse("10.0.3.5/24"), Broadcast = IPAddress.Parse("10.0.3.255") });
        addresses.Add(new AddressMessage { Interface = link, Address = InterfaceAddress.Parse("10.0.5.1/32"), Peer = IPAddress.Parse("10.0.5.2") });
        addresses.Add(new AddressMessage
        {
            Interface = link,
            Address = InterfaceAddress.Parse("fd00::5/64"),
            Flags = AddressFlags.NoDuplicateDetection | AddressFlags.NoPrefixRoute,
        });
        addresses.Replace(new AddressMessage { Interface = link, Address = InterfaceAddress.Parse("10.0.4.1/32"), Lifetimes = new(1800, 3600) });

        var shown = _host.Ip("address show dev v0").Single().GetProperty("addr_info").EnumerateArray().ToList();
        foreach (var json in shown)
        {
            var address = addresses.List(link).Single(a => a.Address.Address.ToString() == json.Text("local"));
            address.Address.PrefixLength.ToString().Should().Be(json.Text("prefixlen"));
            address.Peer?.ToString().Should().Be(json.Text("address"));
            address.Broadcast?.ToString().Should().Be(json.Text("broadcast"));
            address.Label.Should().Be(json.Text("label"));
            address.Flags.HasFlag(AddressFlags.NoPrefixRoute).Should().Be(json.Text("noprefixroute") is not null);
            // The rest of a lifetime, read after ip did: the clock may have gone on.
            var shownSeconds = uint.Parse(json.Text("valid_life_time")!, CultureInfo.InvariantCulture);
            address.Lifetimes!.Value.ValidSeconds.Should().BeInRange(shownSeconds == AddressLifetimes.Forever ? shownSeconds : shownSeconds - 60, shownSeconds);
        }
        shown.Count(json => json.Text("scope") == "global").Should().Be(4);
        addresses.List(new AddressFilter { Family = IpFamily.IPv6, Interface = link }).Select(a => a.Address).Should()
            .Contain(InterfaceAddress.Parse("fd00::5/64"));
    }

    [Fact]
    public void Address_is_deleted_as_it_was_read()
    {
        var (link, _) = _host.AddVeth();
        _host.Netlink.Addresses.Add(link, InterfaceAddress.Parse("10.0.3.5/24"));
        var read = _host.Netlink.Addresses.List(new AddressFilter { Family = IpFamily.IPv4, Interface = link }).Single();

        _host.Netlink.Addresses.Delete(read);

        _host.Ip("-4 address show dev v0").Should().BeEmpty();
        _host.Netlink.Addresses.TryDelete(read).Should().BeFalse();
    }

    [Fact]
    public void Address_that_is_there_already_is_refused_by_name()
    {
        var (link, _) = _host.AddVeth();
        _host.Netlink.Addresses.Add(link, InterfaceAddress.Parse("10.0.3.5/24"));

        var twice = () => _host.Netlink.Addresses.Add(link, InterfaceAddress.Parse("10.0.3.5/24"));

        twice.Should().Throw<NetlinkException>().Where(e => e.IsAlreadyExists).WithMessage($"add address 10.0.3.5/24 dev if{link}: File exists*");
    }
}
