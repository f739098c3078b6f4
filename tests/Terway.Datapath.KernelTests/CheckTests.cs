namespace Terway.Datapath.KernelTests;

public sealed class CheckTests : IDisposable
{
    private readonly NodeLab _lab = new NodeLab().Prepare();

    public void Dispose() => _lab.Dispose();

    public static TheoryData<string, string, string> Breakages => new()
    {
        { "node", "rule del to 10.0.0.11 pref 512", "rule 512: to 10.0.0.11/32 lookup main missing" },
        { "node", "rule del from 10.0.0.11 pref 2048", "rule 2048: from 10.0.0.11/32 lookup TABLE missing" },
        { "node", "-6 rule del to fd00:10::11 pref 512", "rule 512: to fd00:10::11/128 lookup main missing" },
        { "node", "-6 rule del from fd00:10::11 pref 2048", "rule 2048: from fd00:10::11/128 lookup TABLE missing" },
        { "node", "rule add from 10.0.0.11 lookup 9 pref 2048", "rule 2048: from 10.0.0.11/32 lookup 9 unexpected" },
        { "node", "route del 10.0.0.11 dev HOST", "route 10.0.0.11/32 dev HOST scope link missing" },
        { "node", "-6 route del fd00:10::11 dev HOST", "route fd00:10::11/128 dev HOST missing" },
        { "node", "neigh del fd00:10::11 dev HOST", "neigh fd00:10::11 dev HOST lladdr PODMAC permanent missing" },
        { "node", "link set HOST mtu 1300", "link HOST address HOSTMAC mtu 1500 up type veth peer eth0 is mtu 1300" },
        { "node", "link set HOST address 02:00:00:00:00:01", "link HOST address HOSTMAC mtu 1500 up type veth peer eth0 is address 02:00:00:00:00:01" },
        { "pod", "addr del 10.0.0.11/32 dev eth0", "pod: addr 10.0.0.11/32 dev eth0 scope global missing" },
        { "pod", "-6 addr del fd00:10::11/128 dev eth0", "pod: addr fd00:10::11/128 dev eth0 scope global nodad missing" },
        { "pod", "addr add 10.9.9.9/32 dev eth0", "pod: addr 10.9.9.9/32 dev eth0 unexpected" },
        { "pod", "neigh del 169.254.1.1 dev eth0", "pod: neigh 169.254.1.1 dev eth0 lladdr HOSTMAC permanent missing" },
        { "pod", "neigh del fe80::1 dev eth0", "pod: neigh fe80::1 dev eth0 lladdr HOSTMAC permanent missing" },
        { "pod", "route del default", "pod: route default via 169.254.1.1 dev eth0 onlink missing" },
        { "pod", "route replace default via 169.254.1.9 dev eth0 onlink", "pod: route default via 169.254.1.1 dev eth0 onlink is via 169.254.1.9" },
        { "pod", "-6 route del default", "pod: route default via fe80::1 dev eth0 onlink missing" },
        { "pod", "link set eth0 mtu 1300", "pod: link eth0 address PODMAC mtu 1500 up type veth peer HOST is mtu 1300" },
        { "pod", "link set eth0 down", "pod: link eth0 address PODMAC mtu 1500 up type veth peer HOST is down" },
        { "node", "link set HOST down", "link HOST address HOSTMAC mtu 1500 up type veth peer eth0 is down" },
        { "node", "link del HOST", "link HOST address HOSTMAC mtu 1500 up type veth peer eth0 missing" },
        { "node", "link set HOST name elsewhere", "link HOST address HOSTMAC mtu 1500 up type veth peer eth0 missing" },
    };

    [Theory]
    [MemberData(nameof(Breakages))]
    public void Each_broken_object_is_named_and_mended(string where, string command, string expected)
    {
        var pod = _lab.AddPod(0) with { Number = 1, IPv4 = System.Net.IPAddress.Parse("10.0.0.11"), IPv6 = System.Net.IPAddress.Parse("fd00:10::11") };
        pod.Add();
        using var target = pod.Open();
        PlanChecker.Check(pod.Plan, target).Should().BeEmpty();
        if (command.Contains(" name ", StringComparison.Ordinal))
            Shell.Ip($"-n {_lab.NodeName} link set {pod.HostLink} down");

        Shell.Ip($"-n {(where == "node" ? _lab.NodeName : pod.NetnsName)} {Fill(command, pod)}");
        var differences = PlanChecker.Check(pod.Plan, target).Select(difference => difference.ToString()).ToList();

        differences.Should().Contain(Fill(expected, pod));
        Mend(pod, command);
        PlanChecker.Check(pod.Plan, target).Should().BeEmpty();
    }

    [Theory]
    [InlineData("/proc/sys/net/ipv4/conf/HOST/rp_filter", "2", "sysctl net.ipv4.conf.HOST.rp_filter = 0 is 2")]
    [InlineData("/proc/sys/net/ipv4/conf/HOST/forwarding", "0", "sysctl net.ipv4.conf.HOST.forwarding = 1 is 0")]
    [InlineData("/proc/sys/net/ipv6/conf/HOST/accept_ra", "1", "sysctl net.ipv6.conf.HOST.accept_ra = 0 is 1")]
    public void Each_changed_parameter_is_named_and_mended(string file, string value, string expected)
    {
        var pod = _lab.AddPod(1);
        pod.Add();
        using var target = pod.Open();

        Shell.Run("ip", $"netns exec {_lab.NodeName} sh -c \"echo {value} > {Fill(file, pod)}\"");

        PlanChecker.Check(pod.Plan, target).Select(difference => difference.ToString()).Should().Equal(Fill(expected, pod));
        pod.Add().Changes.Should().ContainSingle();
        PlanChecker.Check(pod.Plan, target).Should().BeEmpty();
    }

    [Theory]
    [InlineData("route del default table TABLE", "route default via 10.0.0.253 dev eth1 onlink table TABLE missing")]
    [InlineData("route replace default via 10.0.0.254 dev eth1 onlink table TABLE", "route default via 10.0.0.253 dev eth1 onlink table TABLE is via 10.0.0.254")]
    [InlineData("-6 route del fd00:10::fffd dev eth1", "route fd00:10::fffd/128 dev eth1 missing")]
    [InlineData("addr del 10.0.0.2/32 dev eth1", "addr 10.0.0.2/32 dev eth1 scope global missing")]
    [InlineData("addr add 10.0.0.77/24 dev eth1", "addr 10.0.0.77/24 dev eth1 unexpected")]
    [InlineData("link set eth1 down", "link eth1 mtu 1500 up altname eni00163e000011 is down")]
    public void Each_broken_object_of_an_enis_side_is_named_and_mended(string command, string expected)
    {
        var plan = NodePlanner.PlanEni(_lab.EniNetwork, NodeLab.Facts);
        using var target = PlanTarget.Open(_lab.Node, pod: null);
        var table = _lab.Eni.Table.ToString();

        Shell.Ip($"-n {_lab.NodeName} {command.Replace("TABLE", table, StringComparison.Ordinal)}");

        PlanChecker.Check(plan, target).Select(difference => difference.ToString()).Should().Contain(expected.Replace("TABLE", table, StringComparison.Ordinal));
        new PlanApplier(target).Apply(plan);
        PlanChecker.Check(plan, target).Should().BeEmpty();
    }

    [Fact]
    public void Pod_that_was_never_made_misses_everything()
    {
        var pod = _lab.AddPod(1);
        using var target = pod.Open();

        var differences = PlanChecker.Check(pod.PlanIPv4, target);

        differences.Should().OnlyContain(difference => difference.Kind == PlanDifferenceKind.Missing);
        differences.Length.Should().Be(pod.PlanIPv4.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - "[node],[pod]".Split(',').Length);
    }

    /// <summary>Renaming leaves the pod's end without a home that the plan knows; a new pod gets what the runtime would give it, a clean teardown first.</summary>
    private static void Mend(LabPod pod, string command)
    {
        if (command.Contains(" name ", StringComparison.Ordinal))
            Shell.Ip($"-n {pod.NetnsName} link del eth0");
        pod.Add();
    }

    private string Fill(string text, LabPod pod) => text
        .Replace("HOSTMAC", pod.Plan.Node.Links[0].Mac.ToString(), StringComparison.Ordinal)
        .Replace("PODMAC", pod.Plan.Pod.Links[0].Mac.ToString(), StringComparison.Ordinal)
        .Replace("HOST", pod.HostLink, StringComparison.Ordinal)
        .Replace("TABLE", _lab.Eni.Table.ToString(), StringComparison.Ordinal);
}
