namespace Terway.Netlink.KernelTests;

/// <summary>Counts what the process holds, so no other test may run meanwhile.</summary>
[Collection(Alone)]
public sealed class ResourceKernelTests
{
    private const string Alone = "alone";

    [Fact]
    public void No_descriptor_or_thread_is_left()
    {
        Round();
        var descriptors = Descriptors();

        for (var i = 0; i < 20; i++)
            Round();

        Descriptors().Should().Be(descriptors);
        NamespaceThreads().Should().BeLessThan(3, "the last one may still be on its way out");
    }

    [Fact]
    public void No_descriptor_is_left_after_a_refusal()
    {
        var descriptors = Descriptors();

        var open = () => NetworkNamespace.Open("/etc/passwd");
        open.Should().Throw<NetlinkException>();

        Descriptors().Should().Be(descriptors);
    }

    private static void Round()
    {
        using var host = NetworkNamespace.Create();
        using var netlink = RtNetlink.Open(host);
        using var monitor = NetworkMonitor.Open(host, NetworkChangeKinds.All);
        netlink.Links.List();
        host.Run(() => Sysctl.Read(SysctlKey.Parse("net.ipv4.ip_forward")));
    }

    private static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;

    private static int NamespaceThreads() =>
        Directory.GetDirectories("/proc/self/task").Count(task => File.ReadAllText($"{task}/comm").Trim() == "netns");

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class AloneCollection;
}
