using Microsoft.Extensions.Logging;
using Terway.Ipam;
using Terwayd.Enforcement;
using Terwayd.Node;

namespace Terwayd.Contract;

/// <summary>
/// Gives a lease back to the pool when no plugin took the pod's host side away: that goes first, so that the address is free of
/// rules and routes before its rest begins.
/// </summary>
internal sealed class LeaseReturn(EniPool pool, INodeNetwork network, IPodPolicy policy, ILogger<LeaseReturn> logger)
{
    internal void Return(Lease lease, string reason)
    {
        network.RemoveHostSide(lease);
        pool.Release(lease.Attachment);
        policy.Dismiss(lease);
        logger.Released(lease.Pod.ToString(), lease.Attachment.ContainerId, lease.Attachment.IfName, lease.Address, reason);
    }
}
