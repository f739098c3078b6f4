using System.Net;

namespace Terway.Datapath.KernelTests;

public sealed class ConnectivityTests : IDisposable
{
    private static readonly IPAddress Node4 = IPAddress.Parse("10.0.0.2");
    private static readonly IPAddress Node6 = IPAddress.Parse("fd00:10::2");
    private static readonly IPAddress Gateway4 = IPAddress.Parse("10.0.0.253");
    private static readonly IPAddress Gateway6 = IPAddress.Parse("fd00:10::fffd");

    private readonly NodeLab _lab = new NodeLab().Prepare();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Pod_and_node_reach_each_other_in_both_families()
    {
        var pod = _lab.AddPod(1);
        pod.Add();

        Probe.UdpEcho(pod.Netns, _lab.Node, Node4, pod.IPv4);
        Probe.UdpEcho(pod.Netns, _lab.Node, Node6, pod.IPv6);
        Probe.UdpEcho(_lab.Node, pod.Netns, pod.IPv4, Node4);
        Probe.UdpEcho(_lab.Node, pod.Netns, pod.IPv6, Node6);
        Probe.TcpEcho(_lab.Node, pod.Netns, pod.IPv4);
        Probe.TcpEcho(_lab.Node, pod.Netns, pod.IPv6);
    }

    [Fact]
    public void Pods_of_one_node_reach_each_other_in_both_families()
    {
        var first = _lab.AddPod(1);
        var second = _lab.AddPod(2);
        first.Add();
        second.Add();

        Probe.UdpEcho(first.Netns, second.Netns, second.IPv4, first.IPv4);
        Probe.UdpEcho(second.Netns, first.Netns, first.IPv6, second.IPv6);
        Probe.TcpEcho(first.Netns, second.Netns, second.IPv4);
        Probe.TcpEcho(first.Netns, second.Netns, second.IPv6);
    }

    [Fact]
    public void Pod_and_vpc_reach_each_other_through_the_eni_in_both_families()
    {
        var pod = _lab.AddPod(1);
        pod.Add();

        Probe.UdpEcho(pod.Netns, _lab.Fabric, Gateway4, pod.IPv4);
        Probe.UdpEcho(pod.Netns, _lab.Fabric, Gateway6, pod.IPv6);
        Probe.UdpEcho(_lab.Fabric, pod.Netns, pod.IPv4, Gateway4);
        Probe.UdpEcho(_lab.Fabric, pod.Netns, pod.IPv6, Gateway6);
        Probe.TcpEcho(_lab.Fabric, pod.Netns, pod.IPv4);
        Probe.TcpEcho(pod.Netns, _lab.Fabric, Gateway6);
        PacketsFromEni().Should().BeGreaterThan(0, "what a pod sends to the VPC leaves through its ENI");
    }

    [Fact]
    public void First_packets_to_a_new_pod_arrive_at_once()
    {
        for (var number = 1; number <= 5; number++)
        {
            var pod = _lab.AddPod(number);
            pod.Add();

            Probe.UdpEcho(_lab.Fabric, pod.Netns, pod.IPv6, Gateway6);
            Probe.UdpEcho(_lab.Fabric, pod.Netns, pod.IPv4, Gateway4);
        }
    }

    private long PacketsFromEni() =>
        long.Parse(Shell.Ip($"netns exec {_lab.NodeName} cat /sys/class/net/eth1/statistics/tx_packets"));
}
