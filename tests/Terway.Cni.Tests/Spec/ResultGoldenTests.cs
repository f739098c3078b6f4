using System.Net;

namespace Terway.Cni.Tests.Spec;

public sealed class ResultGoldenTests
{
    private const string Old = """
        {
            "cniVersion": "VERSION",
            "interfaces": [
                {
                    "name": "eth0",
                    "mac": "02:00:00:00:00:05",
                    "sandbox": "/var/run/netns/c1"
                },
                {
                    "name": "calic95a4947e07",
                    "mac": "02:00:00:00:00:06"
                }
            ],
            "ips": [
                {
                    "version": "4",
                    "interface": 0,
                    "address": "10.0.3.5/24",
                    "gateway": "10.0.3.253"
                },
                {
                    "version": "6",
                    "interface": 0,
                    "address": "2001:db8::5/64",
                    "gateway": "2001:db8::ffff:ffff:ffff:fffd"
                }
            ],
            "routes": [
                {
                    "dst": "0.0.0.0/0",
                    "gw": "169.254.1.1"
                },
                {
                    "dst": "::/0",
                    "gw": "fe80::1"
                }
            ],
            "dns": {}
        }

        """;

    private const string Of100 = """
        {
            "cniVersion": "1.0.0",
            "interfaces": [
                {
                    "name": "eth0",
                    "mac": "02:00:00:00:00:05",
                    "sandbox": "/var/run/netns/c1"
                },
                {
                    "name": "calic95a4947e07",
                    "mac": "02:00:00:00:00:06"
                }
            ],
            "ips": [
                {
                    "interface": 0,
                    "address": "10.0.3.5/24",
                    "gateway": "10.0.3.253"
                },
                {
                    "interface": 0,
                    "address": "2001:db8::5/64",
                    "gateway": "2001:db8::ffff:ffff:ffff:fffd"
                }
            ],
            "routes": [
                {
                    "dst": "0.0.0.0/0",
                    "gw": "169.254.1.1"
                },
                {
                    "dst": "::/0",
                    "gw": "fe80::1"
                }
            ],
            "dns": {}
        }

        """;

    private const string Of110 = """
        {
            "cniVersion": "1.1.0",
            "interfaces": [
                {
                    "name": "eth0",
                    "mac": "02:00:00:00:00:05",
                    "mtu": 1500,
                    "sandbox": "/var/run/netns/c1",
                    "socketPath": "/run/c1.sock",
                    "pciID": "0000:00:05.0"
                },
                {
                    "name": "calic95a4947e07",
                    "mac": "02:00:00:00:00:06",
                    "mtu": 1500
                }
            ],
            "ips": [
                {
                    "interface": 0,
                    "address": "10.0.3.5/24",
                    "gateway": "10.0.3.253"
                },
                {
                    "interface": 0,
                    "address": "2001:db8::5/64",
                    "gateway": "2001:db8::ffff:ffff:ffff:fffd"
                }
            ],
            "routes": [
                {
                    "dst": "0.0.0.0/0",
                    "gw": "169.254.1.1",
                    "mtu": 1400,
                    "advmss": 1360,
                    "priority": 5,
                    "table": 254,
                    "scope": 0
                },
                {
                    "dst": "::/0",
                    "gw": "fe80::1"
                }
            ],
            "dns": {}
        }

        """;

    private static readonly CniResult Result = new()
    {
        Interfaces =
        [
            new() { Name = "eth0", Mac = "02:00:00:00:00:05", Mtu = 1500, Sandbox = "/var/run/netns/c1", SocketPath = "/run/c1.sock", PciId = "0000:00:05.0" },
            new() { Name = "calic95a4947e07", Mac = "02:00:00:00:00:06", Mtu = 1500 },
        ],
        Ips =
        [
            new() { Address = new(IPAddress.Parse("10.0.3.5"), 24), Gateway = IPAddress.Parse("10.0.3.253"), Interface = 0 },
            new() { Address = new(IPAddress.Parse("2001:db8::5"), 64), Gateway = IPAddress.Parse("2001:db8::ffff:ffff:ffff:fffd"), Interface = 0 },
        ],
        Routes =
        [
            new() { Destination = IPNetwork.Parse("0.0.0.0/0"), Gateway = IPAddress.Parse("169.254.1.1"), Mtu = 1400, AdvMss = 1360, Priority = 5, Table = 254, Scope = 0 },
            new() { Destination = IPNetwork.Parse("::/0"), Gateway = IPAddress.Parse("fe80::1") },
        ],
    };

    [Theory]
    [InlineData("0.3.0", Old)]
    [InlineData("0.3.1", Old)]
    [InlineData("0.4.0", Old)]
    [InlineData("1.0.0", Of100)]
    [InlineData("1.1.0", Of110)]
    public void Result_is_written_as_the_configurations_version_has_it(string version, string golden)
    {
        var invocation = new Invocation(new RecordingPlugin { Result = Result }) { Stdin = Configuration(version) };

        int exit = invocation.Run("ADD");

        exit.Should().Be(0);
        invocation.Stdout.Should().Be(golden.Replace("VERSION", version));
    }

    [Theory]
    [InlineData("0.3.1")]
    [InlineData("0.4.0")]
    [InlineData("1.0.0")]
    [InlineData("1.1.0")]
    public void Result_that_was_written_is_read_back_as_prevResult(string version)
    {
        var adding = new Invocation(new RecordingPlugin { Result = Result }) { Stdin = Configuration(version) };
        adding.Run("ADD");
        var plugin = new RecordingPlugin();
        var deleting = new Invocation(plugin) { Stdin = Configuration(version, $$""","prevResult":{{adding.Stdout}}""") };

        deleting.Run("DEL").Should().Be(0);

        CniResult read = plugin.Request.Configuration.ReadPrevResult()!;
        read.Ips.Should().Equal(Result.Ips);
        read.Interfaces.Select(i => (i.Name, i.Mac, i.Sandbox)).Should().Equal(Result.Interfaces.Select(i => (i.Name, i.Mac, i.Sandbox)));
        read.Routes.Select(r => (r.Destination, r.Gateway)).Should().Equal(Result.Routes.Select(r => (r.Destination, r.Gateway)));
    }

    [Fact]
    public void Result_of_a_later_plugin_keeps_the_earlier_ones_and_shifts_its_own_indices()
    {
        var previous = new CniResult { Interfaces = [new() { Name = "br0" }], Ips = [new() { Address = new(IPAddress.Loopback, 8), Interface = 0 }] };

        CniResult merged = Result.After(previous);

        merged.Interfaces.Select(i => i.Name).Should().Equal("br0", "eth0", "calic95a4947e07");
        merged.Ips.Select(i => i.Interface).Should().Equal(0, 1, 1);
    }

    private static string Configuration(string version, string more = "") => $$"""{"cniVersion":"{{version}}","name":"net","type":"terway"{{more}}}""";
}
