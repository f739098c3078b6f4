using System.Diagnostics;
using System.Net;
using Terway.Netlink;

namespace Terway.Datapath.KernelTests;

/// <summary>
/// A node, its VPC and any number of pods, each in a network namespace of its own:
/// <code>
///   fabric                          node                     pod-N
///   br0 10.0.0.253/24  ──veth──  eth0 10.0.0.2/24
///       fd00:10::fffd  ──veth──  eth1 (the ENI)   cali… ──  eth0
/// </code>
/// The fabric has permanent neighbours for the node and the pods, as a VPC maps addresses to ENIs itself.
/// </summary>
public sealed class NodeLab : IDisposable
{
    internal static readonly MacAddress EniMac = MacAddress.Parse("00:16:3e:00:00:11");

    private const string PrimaryMac = "00:16:3e:00:00:10";

    private static int _labs;

    private readonly string _prefix = $"twdp{Environment.ProcessId}x{Interlocked.Increment(ref _labs)}-";
    private readonly List<string> _names = [];
    private readonly List<NetworkNamespace> _opened = [];

    public NodeLab()
    {
        try
        {
            Node = Add("node");
            Fabric = Add("fabric");
            BuildFabric();
            using var node = RtNetlink.Open(Node);
            Eni = EniLinkFinder.Find(node, EniMac)!;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal NetworkNamespace Node { get; }

    internal NetworkNamespace Fabric { get; }

    internal string NodeName => _prefix + "node";

    internal string FabricName => _prefix + "fabric";

    internal EniLink Eni { get; }

    internal static NodeFacts Facts { get; } = new()
    {
        IPv4 = IPAddress.Parse("10.0.0.2"),
        IPv6 = IPAddress.Parse("fd00:10::2"),
        PrimaryLink = "eth0",
    };

    internal EniNetwork EniNetwork => new(Eni) { Gateway4 = IPAddress.Parse("10.0.0.253"), Gateway6 = IPAddress.Parse("fd00:10::fffd") };

    /// <summary>Makes the node and its ENI ready for pods, as the daemon does.</summary>
    internal NodeLab Prepare()
    {
        using var target = PlanTarget.Open(Node, pod: null);
        var applier = new PlanApplier(target);
        applier.Apply(NodePlanner.PlanNode(Facts));
        applier.Apply(NodePlanner.PlanEni(EniNetwork, Facts));
        WaitForBridge();
        return this;
    }

    /// <summary>An empty namespace for a pod; the fabric learns where its address is.</summary>
    internal LabPod AddPod(int number)
    {
        var pod = new LabPod(this, number, Add($"pod{number}"), $"{_prefix}pod{number}");
        Shell.IpBatch(FabricName,
            $"neigh replace {pod.IPv4} lladdr {EniMac} dev br0 nud permanent",
            $"neigh replace {pod.IPv6} lladdr {EniMac} dev br0 nud permanent");
        Shell.Ip($"-n {pod.NetnsName} link set lo up");
        return pod;
    }

    /// <summary>Deletes a pod's namespace as a runtime does.</summary>
    internal void Remove(LabPod pod)
    {
        Shell.Ip($"netns del {pod.NetnsName}");
        _names.Remove(pod.NetnsName);
        _opened.Remove(pod.Netns);
        pod.Netns.Dispose();
    }

    public void Dispose()
    {
        foreach (var opened in _opened)
            opened.Dispose();
        foreach (var name in _names)
            Shell.Ip($"netns del {name}");
        _names.Clear();
    }

    /// <summary>The bridge learns of a port's carrier from the kernel's link watch, up to a second after it is there.</summary>
    private void WaitForBridge()
    {
        var patience = Stopwatch.StartNew();
        foreach (var (link, ready) in new[] { ("f0", "state forwarding"), ("f1", "state forwarding"), ("br0", "state UP") })
        {
            while (!Shell.Ip($"-n {FabricName} -d link show dev {link}").Contains(ready, StringComparison.Ordinal))
            {
                if (patience.Elapsed > TimeSpan.FromSeconds(10))
                    throw new InvalidOperationException($"The lab's bridge does not forward: {link} is not in {ready}.");
            }
        }
    }

    private NetworkNamespace Add(string name)
    {
        Shell.Ip($"netns add {_prefix}{name}");
        _names.Add(_prefix + name);
        var opened = NetworkNamespace.Open($"/run/netns/{_prefix}{name}");
        _opened.Add(opened);
        return opened;
    }

    private void BuildFabric()
    {
        Shell.IpBatch(FabricName,
            "link set lo up",
            "link add br0 type bridge",
            "link set br0 up",
            $"link add f0 type veth peer name eth0 address {PrimaryMac} netns {NodeName}",
            $"link add f1 type veth peer name eth1 address {EniMac} netns {NodeName}",
            "link set f0 master br0 up",
            "link set f1 master br0 up",
            "addr add 10.0.0.253/24 dev br0",
            "addr add fd00:10::fffd/64 dev br0 nodad",
            $"neigh replace 10.0.0.2 lladdr {PrimaryMac} dev br0 nud permanent",
            $"neigh replace fd00:10::2 lladdr {PrimaryMac} dev br0 nud permanent");
        // What duplicate detection ends by itself some time later would make snapshots differ.
        Shell.Ip($"netns exec {NodeName} sh -c \"echo 0 > /proc/sys/net/ipv6/conf/eth0/accept_dad\"");
        Shell.IpBatch(NodeName,
            "link set lo up",
            "addr add 10.0.0.2/24 dev eth0",
            "addr add fd00:10::2/64 dev eth0 nodad",
            "link set eth0 up",
            "route add default via 10.0.0.253",
            "route add default via fd00:10::fffd");
    }
}
