using System.Net;
using Terway.Netlink;

namespace Terway.Datapath.KernelTests;

/// <summary>An ADD that fails or is cancelled at any point leaves nothing of its own.</summary>
public sealed class RollbackTests : IDisposable
{
    private readonly NodeLab _lab = new NodeLab().Prepare();

    public void Dispose() => _lab.Dispose();

    public static TheoryData<string> Steps => [.. Enum.GetNames<ApplyStep>()];

    [Theory]
    [MemberData(nameof(Steps))]
    public void Cancelled_before_a_step_leaves_nothing(string step)
    {
        var pod = _lab.AddPod(1);
        var before = Snapshots(pod);
        using var target = pod.Open();
        using var cancellation = new CancellationTokenSource();
        var index = (int)Enum.Parse<ApplyStep>(step);
        if (index == 0)
            cancellation.Cancel();
        var applier = new PlanApplier(target) { BeforeStep = reached => Cancel(cancellation, (int)reached == index - 1) };

        var applying = () => applier.Apply(pod.Plan, cancellation.Token);

        applying.Should().Throw<OperationCanceledException>();
        Snapshots(pod).Should().Be(before);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Failed_before_a_step_leaves_nothing(string step)
    {
        var pod = _lab.AddPod(1);
        var before = Snapshots(pod);
        using var target = pod.Open();
        var applier = new PlanApplier(target)
        {
            BeforeStep = reached =>
            {
                if (reached.ToString() == step)
                    throw new NetlinkException("inject", "a failure", Errno.OutOfMemory);
            },
        };

        var applying = () => applier.Apply(pod.Plan);

        applying.Should().Throw<DatapathException>().Where(e => e.Error == DatapathError.KernelRefused)
            .WithMessage("eth0 of pod default/web-1 cannot be made: inject a failure: *");
        Snapshots(pod).Should().Be(before);
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "pod sysctl", "*write sysctl*no_such_key*" },
        { "pod address", "*address ff02::5*" },
        { "pod route", "*route*unreachable*" },
        { "node sysctl", "*write sysctl*no_such_key*" },
        { "node route", "*route*unreachable*" },
        { "node rule", "*rule*" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Refused_object_among_good_ones_leaves_nothing(string refused, string message)
    {
        var pod = _lab.AddPod(1);
        var before = Snapshots(pod);
        var plan = WithRefusedObject(pod.Plan, refused, pod.HostLink);

        var adding = () => pod.Add(plan);

        adding.Should().Throw<DatapathException>().WithMessage(message);
        Snapshots(pod).Should().Be(before);
    }

    [Fact]
    public void Failed_second_application_restores_what_the_first_made()
    {
        var pod = _lab.AddPod(1);
        pod.Add();
        var before = Snapshots(pod);
        var changed = PolicyRoutePlanner.Plan(pod.Request with { Mtu = 1400, ExtraRoutes = [IPNetwork.Parse("172.16.0.0/16")] }, _lab.Eni);

        var adding = () => pod.Add(WithRefusedObject(changed, "node route", pod.HostLink));

        adding.Should().Throw<DatapathException>();
        Snapshots(pod).Should().Be(before);
    }

    [Fact]
    public void Kernel_parameters_before_a_refused_one_are_restored()
    {
        using var target = PlanTarget.Open(_lab.Node, pod: null);
        var plan = new NetworkPlan
        {
            Node = new NamespacePlan
            {
                Sysctls = [new PlannedSysctl(IpFamily.IPv4, "eth1", "rp_filter", "2"), new PlannedSysctl(IpFamily.IPv4, "eth1", "no_such_key", "1")],
            },
        };

        var applying = () => new PlanApplier(target).Apply(plan);

        applying.Should().Throw<DatapathException>().WithMessage("*write sysctl*no_such_key*");
        Sysctl.Read(_lab.Node, [SysctlKey.IPv4Conf("eth1", "rp_filter")]).Should().Equal("0");
    }

    [Fact]
    public void Pod_can_be_made_after_a_failure()
    {
        var pod = _lab.AddPod(1);
        var adding = () => pod.Add(WithRefusedObject(pod.Plan, "node rule", pod.HostLink));
        adding.Should().Throw<DatapathException>();

        pod.Add();

        Probe.UdpEcho(_lab.Fabric, pod.Netns, pod.IPv4, IPAddress.Parse("10.0.0.253"));
    }

    private static NetworkPlan WithRefusedObject(NetworkPlan plan, string refused, string hostLink)
    {
        var (node, pod) = (plan.Node, plan.Pod);
        var route = new PlannedRoute { Destination = IPNetwork.Parse("192.0.2.0/24"), Gateway = IPAddress.Parse("203.0.113.1"), Device = "eth0" };
        return refused switch
        {
            "pod sysctl" => With(plan, pod: Copy(pod, sysctl: new PlannedSysctl(IpFamily.IPv6, "eth0", "no_such_key", "1"))),
            "pod address" => With(plan, pod: Copy(pod, address: new PlannedAddress(InterfaceAddress.Parse("ff02::5/128"), "eth0"))),
            "pod route" => With(plan, pod: Copy(pod, route: route)),
            "node sysctl" => With(plan, node: Copy(node, sysctl: new PlannedSysctl(IpFamily.IPv4, hostLink, "no_such_key", "1"))),
            "node route" => With(plan, node: Copy(node, route: route with { Device = hostLink })),
            _ => With(plan, node: Copy(node, rule: TwoFamilies)),
        };
    }

    private static PlannedRule TwoFamilies =>
        new() { Priority = 512, Source = IPNetwork.Parse("192.0.2.1/32"), Destination = IPNetwork.Parse("2001:db8::1/128"), Table = RouteTable.Main };

    private static NetworkPlan With(NetworkPlan plan, NamespacePlan? node = null, NamespacePlan? pod = null) =>
        new() { Title = plan.Title, Node = node ?? plan.Node, Pod = pod ?? plan.Pod };

    private static NamespacePlan Copy(
        NamespacePlan part, PlannedSysctl? sysctl = null, PlannedAddress? address = null, PlannedRoute? route = null, PlannedRule? rule = null) => new()
        {
            Links = part.Links,
            Sysctls = sysctl is null ? part.Sysctls : part.Sysctls.Add(sysctl),
            Addresses = address is null ? part.Addresses : part.Addresses.Insert(1, address),
            Neighbours = part.Neighbours,
            Routes = route is null ? part.Routes : part.Routes.Insert(1, route),
            Rules = rule is null ? part.Rules : part.Rules.Insert(1, rule),
        };

    private static void Cancel(CancellationTokenSource cancellation, bool now)
    {
        if (now)
            cancellation.Cancel();
    }

    private (string Node, string Pod) Snapshots(LabPod pod) => (KernelSnapshot.Of(_lab.NodeName), KernelSnapshot.Of(pod.NetnsName));
}
