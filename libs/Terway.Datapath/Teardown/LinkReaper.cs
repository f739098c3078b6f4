using System.Threading.Channels;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>Deletes the pairs that a DEL has retired, many in one step: the daemon's half of <see cref="LinkDisposal.Deferred"/>.</summary>
/// <remarks>
/// Deleting waits about 20 ms for the kernel's readers, whether one pair goes or fifty; that wait is what DEL is spared.
/// Retired pairs are found by <see cref="OwnedObjects.RetiredLinkGroup"/> alone, so nothing is lost when a process dies:
/// the first round at start takes what is left over. Thread-safe.
/// </remarks>
public sealed class LinkReaper
{
    /// <summary>How long a retired pair waits for others: the bound of what a request adds to a pair's life.</summary>
    public static readonly TimeSpan GatherTime = TimeSpan.FromMilliseconds(50);

    /// <summary>How often it looks without being asked, for a DEL whose request never arrived.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Channel<bool> _requests = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly RtNetlink _node;
    private readonly TimeProvider _time;

    /// <summary>A reaper of the node's namespace.</summary>
    /// <param name="node">The connection to it, which the caller keeps open.</param>
    /// <param name="time">The clock.</param>
    public LinkReaper(RtNetlink node, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(time);
        _node = node;
        _time = time;
    }

    /// <summary>Deletes all retired pairs now: <c>ip link del group 5122048</c>.</summary>
    /// <param name="node">The connection to the node's namespace.</param>
    /// <returns>Whether there were any.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static bool Reap(RtNetlink node)
    {
        ArgumentNullException.ThrowIfNull(node);
        try
        {
            node.Links.DeleteGroup(OwnedObjects.RetiredLinkGroup);
            return true;
        }
        catch (NetlinkException refusal) when (refusal.IsNotFound)
        {
            return false;
        }
    }

    /// <summary>Asks for a round soon. Returns at once; requests that come while one waits are the same request.</summary>
    public void Request() => _requests.Writer.TryWrite(true);

    /// <summary>Reaps at start, after each request and now and then, until cancelled.</summary>
    /// <param name="onFailure">Is told a refusal of the kernel; the next round tries again.</param>
    /// <param name="cancellationToken">Ends the loop.</param>
    public async Task RunAsync(Action<NetlinkException> onFailure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(onFailure);
        while (true)
        {
            try
            {
                Reap(_node);
            }
            catch (NetlinkException refusal)
            {
                onFailure(refusal);
            }
            await WaitForRequestAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(GatherTime, _time, cancellationToken).ConfigureAwait(false);
            _requests.Reader.TryRead(out _);
        }
    }

    private async Task WaitForRequestAsync(CancellationToken cancellationToken)
    {
        using var interval = new CancellationTokenSource(Interval, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interval.Token, cancellationToken);
        try
        {
            await _requests.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The interval is over: a round without a request.
        }
    }
}
