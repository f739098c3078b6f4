namespace Terway.Netlink.KernelTests;

/// <summary>Counts what the process holds, so no other test may run meanwhile.</summary>
[Collection(Alone)]
public sealed class ResourceKernelTests
{
    private const string Alone = "alone";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What earlier tests left to the finalizers goes now, and not between two counts.</summary>
    public ResourceKernelTests()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [Fact]
    public void No_descriptor_or_thread_is_left()
    {
        Round();
        var descriptors = Descriptors();

        for (var i = 0; i < 20; i++)
            Round();

        // The runtime opens files of its own for moments, to learn of its limits; what is leaked stays.
        SpinWait.SpinUntil(() => Descriptors() <= descriptors, Patience).Should().BeTrue("{0} descriptors were {1}", Descriptors(), descriptors);
        // A thread that has been joined is on the kernel's list for a moment more.
        SpinWait.SpinUntil(() => NamespaceThreads() == 0, Patience).Should().BeTrue("each thread ends with its work");
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

    private static int NamespaceThreads() => Directory.GetDirectories("/proc/self/task").Count(task => NameOf(task) == "netns");

    private static string? NameOf(string task)
    {
        try
        {
            return File.ReadAllText($"{task}/comm").Trim();
        }
        catch (IOException)
        {
            return null; // It ended meanwhile.
        }
    }

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class AloneCollection;
}
