using System.Collections.Immutable;
using System.Net;
using Terway.Cni;
using Terway.Cni.Daemon;
using Terway.Datapath;
using Terway.Netlink;

namespace Terway.CniPlugin;

/// <summary>
/// DEL: take the pod's network away, then give its addresses back. It succeeds when there is nothing left to do, and a daemon that is away
/// does not stop it: what the daemon has to know then waits in a folder.
/// </summary>
internal sealed class DeleteCommand(Invocation invocation)
{
    private readonly CniRequest _request = invocation.Request;

    public void Run(CancellationToken cancellationToken)
    {
        using NetworkNamespace? netns = PodNamespace.OpenIfPresent(_request.NetNs);
        bool daemonAnswers = TryInspect(out Allocation? held, cancellationToken);
        using PlanTarget target = PlanTarget.OpenOnThisThread(netns);

        // Deleting a pair waits for the kernel's readers; a daemon that answers does that afterwards, for many pairs at once.
        var teardown = new PodTeardown(target, daemonAnswers ? LinkDisposal.Deferred : LinkDisposal.Immediate);
        bool retired = false;
        foreach (PodAttachment attachment in Attachments(held))
        {
            TeardownReport report = teardown.Remove(attachment);
            retired |= report.HasRetiredLinks;
            foreach (string line in report.Removed)
                invocation.Trace($"removed {line}");
        }

        ReleaseRequest release = invocation.Release("del", retired);
        if (!daemonAnswers || !TryRelease(release, cancellationToken))
            Queue(release, target);
    }

    /// <summary>What the attachment holds, and null if nothing: never added, deleted already, or another sandbox has the pod by now.</summary>
    private bool TryInspect(out Allocation? held, CancellationToken cancellationToken)
    {
        held = null;
        try
        {
            held = BusyPod.Ask(() => invocation.Inspect(cancellationToken), cancellationToken);
            return true;
        }
        catch (DaemonException e)
        {
            invocation.Log($"{e.Message}; the release is queued");
            return false;
        }
    }

    private IEnumerable<PodAttachment> Attachments(Allocation? held)
    {
        if (held is null || held.NetConfs.IsEmpty)
            return [new PodAttachment(invocation.Pod.Namespace, invocation.Pod.Name, _request.IfName) { Addresses = invocation.PreviousAddresses() }];
        return held.NetConfs.Select(conf => new PodAttachment(
            invocation.Pod.Namespace, invocation.Pod.Name, string.IsNullOrEmpty(conf.IfName) ? _request.IfName : conf.IfName)
        {
            Addresses = Addresses(conf.BasicInfo?.PodIP),
        });
    }

    private bool TryRelease(ReleaseRequest release, CancellationToken cancellationToken)
    {
        try
        {
            BusyPod.Ask(() => invocation.Daemon.Release(release, cancellationToken), cancellationToken);
            return true;
        }
        catch (DaemonException e)
        {
            invocation.Log($"{e.Message}; the release is queued");
            return false;
        }
    }

    /// <summary>Nobody may be there to delete retired links, so they go now.</summary>
    private void Queue(ReleaseRequest release, PlanTarget target)
    {
        if (release.DeferredLinks)
            LinkReaper.Reap(target.Node);
        invocation.Queue(release with { DeferredLinks = false });
    }

    private static ImmutableArray<IPAddress> Addresses(AddressSet? addresses) =>
        [.. new[] { addresses?.IPv4, addresses?.IPv6 }.OfType<IPAddress>()];
}
