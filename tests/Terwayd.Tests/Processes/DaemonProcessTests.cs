using System.Net;
using System.Text.Json;
using Terway.Cloud;
using Terway.Cni.Daemon;
using Terway.Netlink;
using Terwayd.Tests.Hosting;

namespace Terwayd.Tests.Processes;

/// <summary>The native program on a node of its own, killed and started again.</summary>
public sealed class DaemonProcessTests : IDisposable
{
    private const int Pods = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_killed_daemon_comes_back_with_every_lease_and_leaves_the_kernel_alone()
    {
        await using var lab = await NodeLab.CreateAsync("ecs.g7.large");
        using var daemon = new DaemonProcess(lab, _folder);
        await daemon.StartAsync();
        var before = Enumerable.Range(0, 8).Select(i => Allocate(daemon, i)).ToList();
        var kernelBefore = KernelOf(lab);

        await daemon.KillAsync();
        var kernelWithout = KernelOf(lab);
        lab.Calls.Clear();
        await daemon.StartAsync();
        var after = Enumerable.Range(0, 8).Select(i => Allocate(daemon, i)).ToList();

        after.Should().BeEquivalentTo(before, o => o.WithStrictOrdering());
        kernelWithout.Should().Equal(kernelBefore);
        KernelOf(lab).Should().Equal(kernelBefore);
        lab.Calls.Should().NotContain(action => action != "DescribeNetworkInterfaces", "what a new store does not know yet is looked up, and nothing is changed");
        (await daemon.TerminateAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Each_ENI_is_prepared_with_the_nodes_address_and_a_table_of_its_own()
    {
        await using var lab = await NodeLab.CreateAsync("ecs.g7.large");
        using var daemon = new DaemonProcess(lab, _folder);
        await daemon.StartAsync();

        Allocate(daemon, 0);

        var hostAddress = lab.OnNode(n => n.Addresses.List().Single(a => a.Interface == n.Links.Get("eth0").Index && a.Address.Family == IpFamily.IPv4)).Address.Address;
        KernelOf(lab).Should().Contain($"address {hostAddress}/32 on eth1")
            .And.Contain(line => line.StartsWith("route default via 10.0.3.253 dev eth1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_daemon_that_is_killed_while_pods_are_made_gives_each_its_own_address_afterwards()
    {
        await using var lab = await NodeLab.CreateAsync("ecs.g6.26xlarge");
        using var daemon = new DaemonProcess(lab, _folder);
        await daemon.StartAsync();
        var inFlight = Enumerable.Range(0, Pods).Select(i => Task.Run(() => TryAllocate(daemon, i))).ToList();
        await daemon.Log.WaitForAsync("event=2001");

        await daemon.KillAsync();
        var answered = await Task.WhenAll(inFlight).WaitAsync(Patience);
        await daemon.StartAsync();
        var after = Enumerable.Range(0, Pods).Select(i => AddressOf(Allocate(daemon, i))).ToList();

        after.Should().OnlyHaveUniqueItems();
        foreach (var (first, i) in answered.Select((a, i) => (a, i)).Where(a => a.a is not null))
            after[i].Should().Be(AddressOf(first!), "what was answered before the kill is kept");
        ManagedEnis(daemon).Should().BeEquivalentTo(
            lab.Emulator.Interfaces.Where(e => e.Type != EniType.Primary).Select(e => e.Id.Value), "no ENI is forgotten");
    }

    [Fact]
    public async Task The_daemon_stays_small_with_200_pods()
    {
        await using var lab = await NodeLab.CreateAsync("ecs.g6.26xlarge");
        using var daemon = new DaemonProcess(lab, _folder);
        await daemon.StartAsync();

        for (var i = 0; i < 200; i++)
            Allocate(daemon, i);

        daemon.ResidentMebibytes.Should().BeLessThanOrEqualTo(40);
    }

    [Fact]
    public void The_program_is_small_with_the_library_beside_it()
    {
        var library = Path.Combine(Path.GetDirectoryName(TerwaydProgram.Path)!, "libe_sqlite3.so");

        (new FileInfo(TerwaydProgram.Path).Length + new FileInfo(library).Length).Should().BeLessThan(25_000_000);
    }

    private static IEnumerable<string?> ManagedEnis(DaemonProcess daemon)
    {
        using var client = new DaemonClient(new DaemonClientOptions { SocketPath = daemon.SocketPath, RequestId = "show", Deadline = Patience });
        return JsonDocument.Parse(client.Show(ShowSubject.Enis)).RootElement.EnumerateArray().Select(e => e.GetProperty("id").GetString());
    }

    private static Allocation? TryAllocate(DaemonProcess daemon, int pod)
    {
        try
        {
            return Allocate(daemon, pod);
        }
        catch (DaemonException)
        {
            return null;
        }
    }

    private static Allocation Allocate(DaemonProcess daemon, int pod)
    {
        using var client = new DaemonClient(new DaemonClientOptions { SocketPath = daemon.SocketPath, RequestId = $"add-{pod}", Deadline = Patience });
        return client.Allocate(new AllocateRequest
        {
            Network = "terway",
            Attachment = DaemonHarness.AttachmentOf($"web-{pod}"),
            Pod = new PodIdentity("default", $"web-{pod}"),
            NetNs = $"/run/netns/web-{pod}",
        });
    }

    private static IPAddress AddressOf(Allocation allocation) => allocation.NetConfs[0].BasicInfo!.PodIP!.IPv4!;

    /// <summary>What the daemon makes on a node: the ENIs' addresses, their tables' routes, and rules.</summary>
    private static List<string> KernelOf(NodeLab lab) => lab.OnNode(node =>
    {
        var names = node.Links.List().ToDictionary(l => l.Index, l => l.Name);
        return (List<string>)
        [
            .. node.Links.List().Select(l => $"link {l.Name} {(l.Flags & LinkFlags.Up) == LinkFlags.Up} {l.Mtu}"),
            .. node.Addresses.List(new AddressFilter { Family = IpFamily.IPv4 }).Select(a => $"address {a.Address} on {names[a.Interface]}"),
            .. node.Routes.List(new RouteFilter { Family = IpFamily.IPv4 }).Select(r => $"route {RouteLine(r, names)}"),
            .. node.Rules.List(new RuleFilter { Family = IpFamily.IPv4 }).Select(r => $"rule {r}"),
        ];
    });

    private static string RouteLine(RouteMessage route, Dictionary<IfIndex, string?> names) =>
        $"{(route.IsDefault ? "default" : route.Destination.ToString())} via {route.Gateway} dev {(route.OutputInterface is { } o ? names[o] : "-")} table {route.Table.Id}";
}
