using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Ipam.Internal;

namespace Terway.Ipam.Tests;

/// <summary>What addresses, ENIs and pods can tell of themselves.</summary>
public class EniPoolHistoryTests
{
    [Fact]
    public async Task Address_tells_when_it_came_by_which_call_who_had_it_and_that_it_rests()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();
        f.Lease(1);
        var lease = f.Lease(2);
        f.Pass(1);
        f.Pool.Release(lease.Attachment);
        f.Pass(31);

        var history = f.Pool.HistoryOf(lease.Address);

        history.Select(e => e.What).Should().Equal("is on the ENI", "was leased", "was released, and rests", "has rested");
        history.Select(e => e.At).Should().BeInAscendingOrder();
        history.Should().OnlyContain(e => e.Eni == lease.Eni.Id && lease.Address.Equals(e.Address));
        history[0].Call.Should().Be("AssignPrivateIpAddresses");
        history[0].CallId.Should().NotBeNull();
        (history[1].Pod, history[1].Attachment, history[1].Request).Should().Be((lease.Pod, lease.Attachment, "request-2"));
        history[2].Pod.Should().Be(lease.Pod);
    }

    [Fact]
    public async Task ENI_tells_its_life_from_the_plan_that_wanted_it_to_its_end()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync(options => options.MaxPoolSize = 0);
        var lease = f.Lease(1);
        f.Pool.Release(lease.Attachment);
        f.Pass(120);

        var history = f.Pool.HistoryOf(lease.Eni.Id);

        history.Select(e => e.What).Should().ContainInOrder(
            "is to be created", "was created", "is to be attached", "the cloud accepted the call", "is attached", "is ready: the node has its link",
            "is to be detached", "is attached to nothing", "is to be deleted", "is gone");
        history[0].Why.Should().Contain("1 more are wanted");
        history.Single(e => e.What == "was created").CallId.Should().NotBeNull();
        history.Where(e => e.What == "the cloud accepted the call").Select(e => e.Call).Should().Equal("AttachNetworkInterface", "DetachNetworkInterface", "DeleteNetworkInterface");
    }

    [Fact]
    public async Task Pod_whose_request_failed_tells_code_cause_owner_and_what_would_help_and_what_the_pool_tried()
    {
        var f = await PoolFixture.CreateAsync();
        f.Cloud.FaultPolicy = call => call.Action == "CreateNetworkInterface" ? EmulatedFault.Refuse(403, "Forbidden.RAM") : null;
        await f.StartAsync();
        f.LeaseFails(1);

        var history = f.Pool.HistoryOf(new PodKey("default", "pod-1"));

        history[0].What.Should().Be("the request waits: nothing is ready for it");
        history.Should().Contain(e => e.What == "the call failed" && e.Call == "CreateNetworkInterface" && e.CallId != null && e.Why!.Contains("Forbidden.RAM"));
        var end = history[^1];
        end.Fault!.Code.Should().Be(IpamErrorCode.PermissionDenied);
        end.Fault.Owner.Should().Be(FaultOwner.Permission);
        end.Fault.Hint.Should().NotBeEmpty();
        end.Request.Should().Be("request-1");
    }

    [Fact]
    public async Task Pod_that_waited_tells_what_the_pool_did_meanwhile_and_nothing_of_others()
    {
        var f = await PoolFixture.CreateAsync(EmulatorLatencies.Realistic);
        await f.StartAsync();
        var lease = f.Lease(1);
        f.Lease(2);
        f.Pool.Release(lease.Attachment);

        var history = f.Pool.HistoryOf(lease.Pod);

        history.Select(e => e.What).Should().ContainInOrder("the request waits: nothing is ready for it", "was created", "is attached", "was leased", "was released, and rests");
        history.Should().NotContain(e => e.Pod != null && e.Pod != lease.Pod);
        f.Pool.HistoryOf(new PodKey("no", "body")).Should().BeEmpty();
    }

    [Fact]
    public async Task Restart_tells_of_what_it_found()
    {
        var f = await PoolFixture.CreateAsync();
        await f.StartAsync();
        var lease = f.Lease(1);
        await f.KillAsync();
        await f.StartAsync();

        f.Pool.HistoryOf(lease.Address).Should().Contain(e => e.What == "was found in use" && e.Pod == lease.Pod);
    }

    [Fact]
    public async Task Request_that_is_given_up_says_so()
    {
        var f = await PoolFixture.CreateAsync(EmulatorLatencies.Realistic);
        await f.StartAsync();
        using var cancel = new CancellationTokenSource();
        _ = f.Pool.LeaseAsync(PoolFixture.Request(1), cancel.Token).AsTask();

        await cancel.CancelAsync();

        f.Pool.HistoryOf(new PodKey("default", "pod-1"))[^1].What.Should().Be("the caller gave the request up");
    }

    [Fact]
    public void Ring_keeps_the_last_entries_in_their_order()
    {
        var ring = new HistoryRing(3);
        for (var i = 1; i <= 7; i++)
            ring.Add(new HistoryEntry(DateTimeOffset.UnixEpoch, $"{i}"));

        ring.All.Select(entry => entry.What).Should().Equal("5", "6", "7");
    }
}
