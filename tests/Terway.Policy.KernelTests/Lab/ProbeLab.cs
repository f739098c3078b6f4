using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Terway.Netlink;

namespace Terway.Policy.KernelTests;

/// <summary>
/// A node that forwards between links whose other ends lie open: whoever writes a frame to one of them is the pod behind the link, or all the
/// world behind <c>eth0</c>. Nothing there answers, so that no probe is a reply.
/// </summary>
internal sealed class ProbeLab : IDisposable
{
    public const string Uplink = "eth0";

    private static readonly MacAddress Elsewhere = MacAddress.Parse("02:00:00:00:00:99");
    private static readonly IPAddress GatewayV4 = IPAddress.Parse("169.254.1.1");
    private static readonly IPAddress GatewayV6 = IPAddress.Parse("fe80::1");

    private readonly NetworkNamespace _outside = NetworkNamespace.Create();
    private readonly RtNetlink _netlink;
    private readonly Dictionary<string, ProbeLink> _links = new(StringComparer.Ordinal);
    private readonly List<(RouteMessage Route, NeighbourMessage Neighbour)> _pods = [];

    public ProbeLab(IEnumerable<string> podLinks)
    {
        Node = NetworkNamespace.Create();
        _netlink = RtNetlink.Open(Node);
        _netlink.Links.SetUp(IfIndex.Loopback);
        Execute("sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1", "net.ipv4.conf.all.rp_filter=0", "net.ipv4.conf.default.rp_filter=0", "net.ipv4.icmp_echo_ignore_all=1", "net.ipv6.icmp.echo_ignore_all=1");
        Commands.Run(_outside, "sysctl", ["-qw", "net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1"]);
        foreach (string name in podLinks.Append(Uplink))
        {
            _links[name] = AddLink(name);
        }

        IfIndex uplink = _links[Uplink].Inside;
        foreach (IPAddress gateway in new[] { GatewayV4, GatewayV6 })
        {
            _netlink.Neighbours.Add(NeighbourMessage.Permanent(uplink, gateway, Elsewhere));
            bool isV4 = gateway.AddressFamily is AddressFamily.InterNetwork;
            _netlink.Routes.Add(new() { Destination = IPNetwork.Parse(isV4 ? "0.0.0.0/0" : "::/0"), Gateway = gateway, OutputInterface = uplink, Flags = RouteFlags.OnLink });
        }

        Wire = new(_outside, _links);
    }

    public NetworkNamespace Node { get; }

    public RtNetlink Netlink => _netlink;

    /// <summary>The open ends.</summary>
    public ProbeWire Wire { get; }

    /// <summary>Routes a pod's addresses to its link.</summary>
    public void AddPod(string link, IEnumerable<IPAddress> addresses)
    {
        IfIndex index = _links[link].Inside;
        foreach (IPAddress address in addresses)
        {
            RouteMessage route = new() { Destination = new(address, address.GetAddressBytes().Length * 8), OutputInterface = index, Scope = address.AddressFamily is AddressFamily.InterNetwork ? RouteScope.Link : null };
            NeighbourMessage neighbour = NeighbourMessage.Permanent(index, address, Elsewhere);
            _netlink.Routes.Add(route);
            _netlink.Neighbours.Add(neighbour);
            _pods.Add((route, neighbour));
        }
    }

    /// <summary>Gives the node an address, and waits until packets to it are for the node: for IPv6 the kernel sees to that later.</summary>
    public void AddNodeAddress(string address, string link = "lo")
    {
        Execute("ip", ["address", "add", address, "dev", link, .. address.Contains(':', StringComparison.Ordinal) ? ["nodad"] : Array.Empty<string>()]);
        IPAddress own = IPAddress.Parse(address.Split('/')[0]);
        Await(() => Execute("ip", "-6", "route", "show", "table", "local", "type", "local").Contains($"local {own} ", StringComparison.Ordinal) || own.AddressFamily is AddressFamily.InterNetwork);
    }

    /// <summary>Takes away what <see cref="AddPod"/> added, and what connection tracking remembers.</summary>
    public void ForgetPods()
    {
        foreach ((RouteMessage route, NeighbourMessage neighbour) in _pods)
        {
            _netlink.Routes.TryDelete(route);
            _netlink.Neighbours.TryDelete(neighbour);
        }

        _pods.Clear();
        Execute("conntrack", "-F");
    }

    public string Execute(string program, params string[] arguments) => Commands.Run(Node, program, arguments);

    /// <summary>Has <c>nft</c> read a ruleset.</summary>
    public void Load(string ruleset) => Commands.Run(Node, "nft", ["-f", "-"], ruleset);

    public void Dispose()
    {
        Wire.Dispose();
        _netlink.Dispose();
        Node.Dispose();
        _outside.Dispose();
    }

    private ProbeLink AddLink(string name)
    {
        using RtNetlink outside = RtNetlink.Open(_outside);
        _netlink.Links.Add(new LinkMessage { Name = name, Kind = new VethKind { Peer = new LinkMessage { Name = name, Namespace = _outside } } });
        LinkMessage inside = _netlink.Links.Get(name);
        IfIndex open = outside.Links.Get(name).Index;
        outside.Links.SetUp(open);
        _netlink.Links.SetUp(inside.Index);
        AwaitUp(outside, open);
        AwaitUp(_netlink, inside.Index);
        return new(name, inside.Index, inside.Mac!.Value, open);
    }

    /// <summary>The end that was set up first sends into nothing until the kernel has taken note, in its own time, that the other one is up too.</summary>
    private static void AwaitUp(RtNetlink netlink, IfIndex link) => Await(() => netlink.Links.Get(link).State is OperationalState.Up);

    private static void Await(Func<bool> condition)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!condition())
        {
            waited.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(1), "the kernel does it soon");
            Thread.Sleep(1);
        }
    }
}
