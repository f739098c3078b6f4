using System.Net;

namespace Terway.Datapath.KernelTests;

/// <summary>What a dead process, an older version or a former pod left behind gives way to the plan.</summary>
public sealed class LeftoverTests : IDisposable
{
    private readonly NodeLab _lab = new NodeLab().Prepare();

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData(LinkDisposal.Immediate)]
    [InlineData(LinkDisposal.Deferred)]
    public void Host_link_of_an_older_sandbox_makes_room(LinkDisposal disposal)
    {
        var old = _lab.AddPod(1);
        old.Add();
        var renewed = _lab.AddPod(2) with { Number = 1 };
        using var target = renewed.Open();

        var report = new PlanApplier(target, disposal).Apply(renewed.Plan);

        report.HasRetiredLinks.Should().Be(disposal == LinkDisposal.Deferred);
        PlanChecker.Check(renewed.Plan, target).Should().BeEmpty();
        Probe.UdpEcho(_lab.Node, renewed.Netns, renewed.IPv4, null);
    }

    [Fact]
    public void Rules_of_the_address_with_other_tables_are_replaced_however_many()
    {
        var pod = _lab.AddPod(1);
        Shell.IpBatch(_lab.NodeName,
            "rule add from 10.0.0.11 lookup 1998 pref 2048", "rule add from 10.0.0.11 lookup 1999 pref 2048", "rule add to 10.0.0.11 lookup 1999 pref 512");
        Shell.Ip($"-n {_lab.NodeName} -6 rule add from fd00:10::11 lookup 1999 pref 2048");

        pod.Add();

        Shell.Ip($"-n {_lab.NodeName} rule show pref 512").Trim().Should().Be("512:\tfrom all to 10.0.0.11 lookup main");
        Shell.Ip($"-n {_lab.NodeName} rule show pref 2048").Trim().Should().Be($"2048:\tfrom 10.0.0.11 lookup {_lab.Eni.Table}");
        Shell.Ip($"-n {_lab.NodeName} -6 rule show pref 2048").Trim().Should().Be($"2048:\tfrom fd00:10::11 lookup {_lab.Eni.Table}");
    }

    [Fact]
    public void Rule_that_turned_stale_under_a_living_pod_is_replaced()
    {
        var pod = _lab.AddPod(1);
        pod.Add();
        Shell.IpBatch(_lab.NodeName, $"rule del from 10.0.0.11 pref 2048", "rule add from 10.0.0.11 lookup 1999 pref 2048");

        var report = pod.Add();

        report.Changes.Select(change => change.ToString()).Should().Equal(
            "rule 2048: from 10.0.0.11/32 lookup 1999 unexpected", $"rule 2048: from 10.0.0.11/32 lookup {_lab.Eni.Table} missing");
    }

    [Fact]
    public void Rules_of_others_at_our_priorities_survive()
    {
        var pod = _lab.AddPod(1);
        Shell.IpBatch(_lab.NodeName,
            "rule add from 10.0.0.0/24 lookup 77 pref 2048", "rule add to 10.9.9.9 lookup 77 pref 512", "rule add from 10.0.0.11 fwmark 5 lookup 77 pref 2049");
        var before = KernelSnapshot.Of(_lab.NodeName);

        pod.Add();
        pod.Delete();

        KernelSnapshot.Of(_lab.NodeName).Should().Be(before);
    }

    [Theory]
    [InlineData("addr add 10.0.0.11/32 dev lo")]
    [InlineData("addr add fd00:10::11/128 dev lo")]
    public void Address_that_the_node_itself_has_is_refused_and_nothing_is_left(string taking)
    {
        var pod = _lab.AddPod(1);
        Shell.Ip($"-n {_lab.NodeName} {taking}");
        var before = KernelSnapshot.Of(_lab.NodeName);

        var add = () => pod.Add();

        add.Should().Throw<DatapathException>().WithMessage("*the node itself has the address*").Which.Error.Should().Be(DatapathError.AddressTaken);
        KernelSnapshot.Of(_lab.NodeName).Should().Be(before);
    }

    [Fact]
    public void Route_to_the_address_through_a_former_pods_link_is_taken_over()
    {
        var former = _lab.AddPod(1);
        former.Add(former.PlanIPv4);
        var pod = _lab.AddPod(2) with { IPv4 = former.IPv4 };

        pod.Add(pod.PlanIPv4);

        Shell.Ip($"-n {_lab.NodeName} route show {pod.IPv4}").Trim().Should().Be($"10.0.0.11 dev {pod.HostLink} scope link");
        Probe.UdpEcho(_lab.Node, pod.Netns, pod.IPv4, IPAddress.Parse("10.0.0.2"));
    }

    [Fact]
    public void Neighbour_with_another_mac_is_replaced()
    {
        var pod = _lab.AddPod(1);
        pod.Add();
        Shell.Ip($"-n {pod.NetnsName} neigh replace 169.254.1.1 lladdr 02:00:00:00:00:01 dev eth0 nud permanent");

        var report = pod.Add();

        report.Changes.Should().ContainSingle().Which.ToString().Should().EndWith("is lladdr 02:00:00:00:00:01 permanent");
        Probe.UdpEcho(pod.Netns, _lab.Node, IPAddress.Parse("10.0.0.2"), pod.IPv4);
    }

    [Fact]
    public void Address_of_a_former_pod_on_the_interface_is_removed()
    {
        var pod = _lab.AddPod(1);
        pod.Add();
        Shell.Ip($"-n {pod.NetnsName} addr add 10.0.0.99/32 dev eth0");

        var report = pod.Add();

        report.Changes.Should().ContainSingle().Which.ToString().Should().Be("pod: addr 10.0.0.99/32 dev eth0 unexpected");
    }

    [Fact]
    public void Foreign_interface_in_the_pod_is_refused_and_survives()
    {
        var pod = _lab.AddPod(1);
        Shell.Ip($"-n {pod.NetnsName} link add eth0 type bridge");
        var before = (KernelSnapshot.Of(_lab.NodeName), KernelSnapshot.Of(pod.NetnsName));

        var adding = () => pod.Add();

        adding.Should().Throw<DatapathException>().Where(e => e.Error == DatapathError.InterfaceNameTaken).WithMessage("eth0*bridge*");
        (KernelSnapshot.Of(_lab.NodeName), KernelSnapshot.Of(pod.NetnsName)).Should().Be(before);
    }

    [Fact]
    public void Foreign_link_of_the_host_ends_name_is_refused_and_survives()
    {
        var pod = _lab.AddPod(1);
        Shell.Ip($"-n {_lab.NodeName} link add {pod.HostLink} type bridge");
        var before = KernelSnapshot.Of(_lab.NodeName);

        var adding = () => pod.Add();

        adding.Should().Throw<DatapathException>().Where(e => e.Error == DatapathError.HostLinkForeign);
        KernelSnapshot.Of(_lab.NodeName).Should().Be(before);
    }
}
