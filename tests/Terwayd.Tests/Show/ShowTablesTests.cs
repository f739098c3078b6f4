using Terwayd.Show;

namespace Terwayd.Tests.Show;

public class ShowTablesTests
{
    private static readonly DateTimeOffset Time = new(2030, 1, 1, 12, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Pods_are_a_line_each() => ShowTables.Pods(
    [
        Pod("default", "web-0", "10.0.0.5", "0123456789abcdef"),
        Pod("kube-system", "dns", "10.0.0.17", "short"),
    ]).Should().Be("""
        NAMESPACE     POD     INTERFACE   ADDRESS     ENI     VSWITCH   CONTAINER      SINCE
        default       web-0   eth0        10.0.0.5    eni-1   vsw-1     0123456789ab   2030-01-01 12:30:00Z
        kube-system   dns     eth0        10.0.0.17   eni-1   vsw-1     short          2030-01-01 12:30:00Z

        """);

    [Fact]
    public void An_ENI_heads_the_lines_of_its_addresses() => ShowTables.Enis(
    [
        new EniRow
        {
            Id = "eni-1", State = "inUse", Since = Time, Mac = "00:16:3e:00:00:01", VSwitch = "vsw-1", Managed = true,
            Addresses =
            [
                new AddressRow { Address = "10.0.0.4", State = "idle", Primary = true },
                new AddressRow { Address = "10.0.0.5", State = "leased", Primary = false, Pod = "default/web-0" },
                new AddressRow { Address = "10.0.0.6", State = "resting", Primary = false, RestsUntil = Time },
            ],
        },
        new EniRow { State = "creating", Since = Time, VSwitch = "vsw-2", Managed = true, Addresses = [] },
        new EniRow { Id = "eni-9", State = "foreign", Since = Time, VSwitch = "", Managed = false, Addresses = [] },
    ]).Should().Be("""
        ENI     STATE      MAC                 VSWITCH   ADDRESS    USE             POD             RESTS UNTIL
        eni-1   inUse      00:16:3e:00:00:01   vsw-1     10.0.0.4   idle, primary   -               -
                                                         10.0.0.5   leased          default/web-0   -
                                                         10.0.0.6   resting         -               2030-01-01 12:30:00Z
        -       creating   -                   vsw-2     -          -               -               -
        eni-9   foreign    -                   -         -          -               -               -

        """);

    [Fact]
    public void The_pool_tells_counts_vSwitches_faults_and_its_plan() => ShowTables.Pool(new PoolRow
    {
        Node = "node-1",
        At = Time,
        Ready = false,
        Recovered = true,
        MaxEnis = 2,
        AddressesPerEni = 10,
        Enis = 1,
        Leases = 3,
        Addresses = new Dictionary<string, int> { ["idle"] = 1, ["leased"] = 3 },
        Waiting = [new WaiterRow("default/web-9", "c9", "eth0", Time, Time, "IPv4+IPv6", "IPv6")],
        VSwitches = [new VSwitchRow("vsw-1", 250, null), new VSwitchRow("vsw-2", null, Time)],
        Faults = [new FaultRow("CloudThrottled", "AssignPrivateIpAddresses", "eni-1", "too many calls", "wait", "throttle", Time)],
        Plan = ["assign 2 to eni-1: 1 pod waits"],
    }).Should().Be("""
        NODE     READY   ENIS   MAX ENIS   ADDRESSES PER ENI   LEASES   WAITING
        node-1   no      1      2          10                  3        1

        ADDRESSES   COUNT
        idle        1
        leased      3

        WAITING         FAMILIES    NOT READY   SINCE                  UNTIL
        default/web-9   IPv4+IPv6   IPv6        2030-01-01 12:30:00Z   2030-01-01 12:30:00Z

        VSWITCH   FREE   SET ASIDE UNTIL
        vsw-1     250    -
        vsw-2     -      2030-01-01 12:30:00Z

        FAULT            WHEN                   WHAT                             WHY              HINT
        CloudThrottled   2030-01-01 12:30:00Z   AssignPrivateIpAddresses eni-1   too many calls   wait

        PLAN
        assign 2 to eni-1: 1 pod waits

        """);

    private static PodRow Pod(string podNamespace, string name, string address, string containerId) => new()
    {
        Namespace = podNamespace,
        Name = name,
        ContainerId = containerId,
        IfName = "eth0",
        IPv4 = address,
        Eni = "eni-1",
        Mac = "00:16:3e:00:00:01",
        VSwitch = "vsw-1",
        GrantedAt = Time,
    };
}
