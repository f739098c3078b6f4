using System.Net;

namespace Terway.Sandbox.Vpc;

/// <summary>
/// The commands that change the fabric, as one shell script per change. It is built from ip(8) and nft(8), not from this
/// project's own libraries, so that what the tests stand on is not what they test.
/// </summary>
internal static class FabricScript
{
    /// <summary>
    /// Forwarding between ports; addresses answered for whoever owns them (proxy ARP, without its random delay, which is set
    /// per port); and at the entrance a filter that lets in only what is bound to the port it comes from.
    /// </summary>
    public static string Create(IEnumerable<IPAddress> served) => $$"""
        ip -batch - <<'END'
        link set lo up
        {{Lines(served.Select(a => $"address add {a}/32 dev lo"))}}
        END
        cd /proc/sys/net/ipv4
        echo 1 > ip_forward
        echo 0 > conf/all/rp_filter
        echo 0 > conf/default/rp_filter
        echo 0 > conf/all/send_redirects
        echo 0 > conf/default/send_redirects
        echo 1 > conf/default/proxy_arp
        nft -f - <<'END'
        table inet vpc {
            counter spoofed { }
            set bound {
                typeof iifname . ether saddr . ip saddr
            }
            set offenders {
                typeof iifname . ether saddr . ip saddr
                size 4096
                flags dynamic
                counter
            }
            chain entrance {
                type filter hook prerouting priority raw; policy accept;
                iifname != "port*" accept
                iifname . ether saddr . ip saddr @bound accept
                meta nfproto ipv4 update @offenders { iifname . ether saddr . ip saddr } counter name spoofed drop
                drop
            }
        }
        END
        """;

    public static string Plug(FabricPort port) => $"""
        ip link add {port.Port} type veth peer name {port.Link} address {port.Mac} netns {port.Host.NetworkNamespace}
        ip link set {port.Port} up
        echo 0 > /proc/sys/net/ipv4/neigh/{port.Port}/proxy_delay
        {Bind(port, port.Addresses)}
        """;

    /// <summary>The instance's end goes with its peer.</summary>
    public static string Unplug(FabricPort port) => $"""
        {Unbind(port, port.Addresses)}
        ip link delete {port.Port}
        """;

    /// <summary>Routes addresses to a port and lets packets from them in there.</summary>
    public static string Bind(FabricPort port, IReadOnlyCollection<IPAddress> addresses) => addresses.Count == 0 ? "" : $"""
        ip -batch - <<'END'
        {Lines(addresses.SelectMany(a => new[] { $"neighbour replace {a} lladdr {port.Mac} dev {port.Port} nud permanent", $"route replace {a}/32 dev {port.Port}" }))}
        END
        nft add element inet vpc bound '{Elements(port, addresses)}'
        """;

    public static string Unbind(FabricPort port, IReadOnlyCollection<IPAddress> addresses) => addresses.Count == 0 ? "" : $"""
        nft delete element inet vpc bound '{Elements(port, addresses)}'
        ip -batch - <<'END'
        {Lines(addresses.SelectMany(a => new[] { $"route delete {a}/32 dev {port.Port}", $"neighbour delete {a} dev {port.Port}" }))}
        END
        """;

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    private static string Elements(FabricPort port, IEnumerable<IPAddress> addresses) =>
        $"{{ {string.Join(", ", addresses.Select(a => $"\"{port.Port}\" . {port.Mac} . {a}"))} }}";
}
