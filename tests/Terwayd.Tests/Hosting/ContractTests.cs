using System.Net;
using Terway.Cni.Daemon;
using Terway.Datapath;

namespace Terwayd.Tests.Hosting;

/// <summary>The contract as the plugin sees it, over the real socket.</summary>
public sealed class ContractTests : IAsyncLifetime
{
    private DaemonHarness _daemon = null!;

    public async ValueTask InitializeAsync() => _daemon = await DaemonHarness.StartAsync();

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public void An_allocation_says_everything_that_the_plugin_needs()
    {
        var allocation = _daemon.Allocate("web-0");

        allocation.Kind.Should().Be(NetworkKind.EniMultiIp);
        allocation.HostAddresses.Should().Be(new AddressSet(IPAddress.Parse("10.0.0.10")));
        var conf = allocation.NetConfs.Should().ContainSingle().Subject;
        var address = conf.BasicInfo!.PodIP!.IPv4!;
        var owner = _daemon.Vpc.Emulator.Interfaces.Single(e => e.Id == _daemon.Vpc.Emulator.FindOwner(e.VpcId, address));
        FakeVpc.Subnet.Contains(address).Should().BeTrue();
        conf.BasicInfo.PodCidr.Should().Be(new NetworkSet(FakeVpc.Subnet));
        conf.BasicInfo.GatewayIP.Should().Be(new AddressSet(IPAddress.Parse("10.0.0.253")));
        conf.BasicInfo.ServiceCidr.Should().Be(new NetworkSet(IPNetwork.Parse("172.16.0.0/16")));
        conf.EniInfo!.Mac!.Replace(":", "", StringComparison.Ordinal).Should().BeEquivalentTo(owner.MacAddress.ToString());
        conf.EniInfo.GatewayIP.Should().Be(conf.BasicInfo.GatewayIP);
        conf.EniInfo.Trunk.Should().BeFalse();
        conf.DefaultRoute.Should().BeTrue();
        conf.IfName.Should().BeNull();
    }

    [Fact]
    public void Asking_again_for_the_same_attachment_gets_the_same_answer()
    {
        var first = _daemon.Allocate("web-0");

        var second = _daemon.Allocate("web-0", requestId: "r-2");

        second.Should().BeEquivalentTo(first);
    }

    [Fact]
    public void A_new_sandbox_of_a_pod_gets_another_address()
    {
        var first = AddressOf(_daemon.Allocate("web-0", "sandbox-a"));

        var second = AddressOf(_daemon.Allocate("web-0", "sandbox-b"));

        second.Should().NotBe(first);
        _daemon.Release("web-0", "sandbox-a");
        AddressOf(_daemon.Inspect("web-0", "sandbox-b")!).Should().Be(second);
    }

    [Fact]
    public void Inspect_tells_what_the_attachment_holds_and_nothing_after_its_release()
    {
        _daemon.Inspect("web-0").Should().BeNull();
        var allocation = _daemon.Allocate("web-0");

        _daemon.Inspect("web-0").Should().BeEquivalentTo(allocation);
        _daemon.Release("web-0");
        _daemon.Release("web-0");

        _daemon.Inspect("web-0").Should().BeNull();
    }

    [Fact]
    public void A_release_that_left_links_asks_for_their_deletion()
    {
        _daemon.Allocate("web-0");

        _daemon.Release("web-0", deferredLinks: true);

        _daemon.Network.Done.Should().Contain("reap");
    }

    [Fact]
    public void A_collection_releases_what_no_valid_attachment_of_the_network_holds()
    {
        _daemon.Allocate("kept");
        _daemon.Allocate("gone");
        _daemon.Allocate("other", network: "another-network");
        using var client = _daemon.Client();

        var released = client.Collect(new CollectRequest { Network = "terway", Valid = [DaemonHarness.AttachmentOf("kept")] });

        released.Should().Equal(DaemonHarness.AttachmentOf("gone"));
        _daemon.Inspect("kept").Should().NotBeNull();
        _daemon.Inspect("other").Should().NotBeNull();
        _daemon.Inspect("gone").Should().BeNull();
        _daemon.Network.Done.Should().Contain("remove host side of gone").And.NotContain("remove host side of kept");
    }

    [Fact]
    public void A_collection_that_the_kernel_refuses_is_told_with_its_code_and_keeps_the_lease()
    {
        _daemon.Allocate("gone");
        _daemon.Network.Refusal = new DatapathException(DatapathError.KernelRefused, "no buffers");
        using var client = _daemon.Client();

        var act = () => client.Collect(new CollectRequest { Network = "terway", Valid = [] });

        act.Should().Throw<DaemonException>().Which.Error.Code.Should().Be(ErrorCode.KernelRefused);
        _daemon.Inspect("gone").Should().NotBeNull();
    }

    [Fact]
    public void Status_succeeds_while_an_ADD_would_and_names_the_limit_when_none_would()
    {
        using var client = _daemon.Client();
        client.Status();
        for (var i = 0; i < FakeVpc.Addresses; i++)
            _daemon.Allocate($"web-{i}");

        var status = () => client.Status();

        var refused = status.Should().Throw<DaemonException>().Which.Error;
        refused.Code.Should().Be(ErrorCode.PoolExhausted);
        refused.Hint.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public void An_exhausted_pool_is_told_with_its_code_at_once()
    {
        for (var i = 0; i < FakeVpc.Addresses; i++)
            _daemon.Allocate($"web-{i}");

        var act = () => _daemon.Allocate("one-too-many", requestId: "r-full");

        act.Should().Throw<DaemonException>().Which.Error.Code.Should().Be(ErrorCode.PoolExhausted);
        _daemon.Log.All.Should().Contain(l => l.Contains("event=2005") && l.Contains("RequestId=r-full") && l.Contains("PoolExhausted"));
    }

    [Fact]
    public void Concurrent_pods_get_different_addresses()
    {
        var addresses = Enumerable.Range(0, FakeVpc.Addresses).AsParallel().WithDegreeOfParallelism(FakeVpc.Addresses)
            .Select(i => AddressOf(_daemon.Allocate($"web-{i}", requestId: $"r-{i}"))).ToList();

        addresses.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Every_line_about_a_request_carries_its_id()
    {
        _daemon.Allocate("web-0", requestId: "add-7");
        _daemon.Release("web-0", requestId: "del-8");

        _daemon.Log.All.Single(l => l.Contains("event=2001")).Should().Contain("RequestId=add-7").And.Contain("PodKey=default/web-0");
        _daemon.Log.All.Single(l => l.Contains("event=2002")).Should().Contain("RequestId=del-8").And.Contain("PodKey=default/web-0");
    }

    private static IPAddress AddressOf(Allocation allocation) => allocation.NetConfs[0].BasicInfo!.PodIP!.IPv4!;
}
