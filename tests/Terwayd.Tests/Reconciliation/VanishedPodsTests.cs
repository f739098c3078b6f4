using System.Net;
using System.Net.NetworkInformation;
using Terway.Cloud;
using Terway.Ipam;
using Terwayd.Reconciliation;

namespace Terwayd.Tests.Reconciliation;

public class VanishedPodsTests
{
    private static readonly DateTimeOffset Start = FakeTimeProvider.Start;
    private readonly VanishedPods _vanished = new();
    private readonly Lease _lease = LeaseOf("web-0", Start);

    [Fact]
    public void A_pod_is_gone_when_it_was_missing_at_two_looks_with_patience_between()
    {
        Judge(minutes: 10, present: false).Should().BeEmpty();
        Judge(minutes: 11, present: false).Should().BeEmpty();

        Judge(minutes: 12, present: false).Should().Equal(_lease);
    }

    [Fact]
    public void A_pod_in_the_making_is_not_judged()
    {
        Judge(minutes: 0, present: false).Should().BeEmpty();
        Judge(minutes: 1.9, present: false).Should().BeEmpty();
        Judge(minutes: 3, present: false).Should().BeEmpty();

        Judge(minutes: 5, present: false).Should().Equal(_lease);
    }

    [Fact]
    public void A_pod_that_came_back_starts_afresh()
    {
        Judge(minutes: 10, present: false);
        Judge(minutes: 11, present: true);
        Judge(minutes: 12, present: false).Should().BeEmpty();

        Judge(minutes: 14, present: false).Should().Equal(_lease);
    }

    [Fact]
    public void A_lease_that_left_is_forgotten()
    {
        Judge(minutes: 10, present: false);
        _vanished.Judge([], _ => false, Start.AddMinutes(11));

        Judge(minutes: 13, present: false).Should().BeEmpty();
    }

    private IReadOnlyList<Lease> Judge(double minutes, bool present) =>
        _vanished.Judge([_lease], _ => present, Start.AddMinutes(minutes));

    private static Lease LeaseOf(string pod, DateTimeOffset grantedAt) => new()
    {
        Attachment = new AttachmentKey("c1", "eth0"),
        Pod = new PodKey("default", pod),
        IPv4 = IPAddress.Parse("10.0.0.5"),
        Eni = new LeaseEni { Id = new EniId("eni-1"), Mac = PhysicalAddress.Parse("00-16-3E-00-00-01"), VSwitch = new VSwitchId("vsw-1") },
        GrantedAt = grantedAt,
    };
}
